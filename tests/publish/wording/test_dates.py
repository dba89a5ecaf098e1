import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.publish.wording.dates import in_words, parts, span_in_words
from stemma.publish.wording.translation import ENGLISH


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2017-03-15", "15 March 2017"),
        ("2017-03", "March 2017"),
        ("2017", "2017"),
        ("2017-03-15T06:40", "15 March 2017"),
        ("2017-13-01", "2017-13-01"),
        ("", ""),
        ("Lady Day", "Lady Day"),
        ("20170315", "20170315"),
    ],
)
def test_in_words(iso: str, words: str) -> None:
    assert in_words(iso, ENGLISH) == words


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ([], ""),
        (["", "soon"], ""),
        (["2017-03-15"], "15 March 2017"),
        (["2017-12-30", "2017-03-15", ""], "15 March to 30 December 2017"),
        (["2017-03-15", "2017-03-22"], "15 to 22 March 2017"),
        (["2016-10-02", "2017-01-12"], "2 October 2016 to 12 January 2017"),
        (["2016", "2017-01-12"], "2016 to 12 January 2017"),
        (["2017", "2017-01-12"], "2017 to 12 January 2017"),
    ],
)
def test_span(dates: list[str], words: str) -> None:
    assert span_in_words(dates, ENGLISH) == words


@given(st.dates())
def test_every_date_is_understood(date: object) -> None:
    assert len(parts(str(date))) == 3
