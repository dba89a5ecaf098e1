"""Dates in lines: what each language writes, and what must not be read as a date."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.clean.claims.recognizers.calendar_names import MONTHS, PERSIAN_MONTHS, WEEKDAYS
from stemma.clean.claims.recognizers.calendars import PERSIAN, from_persian, iso
from stemma.clean.claims.recognizers.dates import DateMention, Order, find, month_alone, order, resolve, year_alone

WRITTEN = {
    "en": (
        "November 3, 2017",
        "3 November 2017",
        "Nov. 3rd 2017",
        "Friday, 3 Nov 2017",
        "3rd of November, 2017",
        "03-Nov-2017",
    ),
    "de": (
        "3. November 2017",
        "Freitag, den 3. Nov. 2017",
        "Freitag, 13.11.2017 – 10:15 Uhr",
        "3\\. November 2017",
    ),
    "fr": ("3 novembre 2017", "vendredi 3 novembre 2017 à 10h15", "le 3 nov. 2017"),
    "es": ("3 de noviembre de 2017", "viernes, 3 noviembre 2017", "3 de noviembre del 2017"),
    "it": ("3 novembre 2017", "venerdì 3 novembre 2017, ore 10:15"),
    "pt": ("3 de novembro de 2017", "sexta-feira, 3 de nov. de 2017"),
    "nl": ("3 november 2017", "vrijdag 3 nov. 2017"),
    "ru": ("3 ноября 2017", "3 ноября 2017 г.", "3 нояб. 2017", "3-го ноября 2017 года"),
    "ar": ("3 نوفمبر 2017", "٣ نوفمبر ٢٠١٧", "3 تشرين الثاني 2017", "٣ تشرين الثاني، ٢٠١٧"),
    "zh": ("2017年11月3日", "2017 年 11 月 3 日 星期五", "２０１７年１１月３日"),
    "ja": ("2017年11月3日（金）", "平成29年11月3日"),
    "any": ("2017-11-03", "2017-11-03T10:15:00Z", "2017/11/3", "2017.11.03"),
}

NO_DATE = (
    "30 February 2017",
    "2017-02-29",
    "31/04/2017",
    "November 1",
    "in November 2017",
    "3-5 November 2017",
    "yesterday",
    "3 hours ago",
    "11 November 1317",
    "11/23/1817",
    "version 1.2.2017.3",
    "call 03/11/2017/44",
    "12,500 may 2017",
    "€12.11.2017",
    "1.2.3",
)


@pytest.mark.parametrize("line", [line for lines in WRITTEN.values() for line in lines])
def test_every_written_form_is_read(line: str) -> None:
    (mention,) = find(line)
    assert mention.iso == ("2017-11-13" if "13.11" in line else "2017-11-03")
    assert not mention.other


@pytest.mark.parametrize("line", NO_DATE)
def test_what_is_no_date_of_a_day(line: str) -> None:
    assert find(line) == ()


def test_two_numbers_up_to_twelve_keep_both_readings() -> None:
    (mention,) = find("03/04/2017")
    assert (mention.iso, mention.other, mention.separator) == ("2017-04-03", "2017-03-04", "/")
    assert resolve(mention, None, ()) == ""


@pytest.mark.parametrize(
    ("shown", "written", "day"),
    [
        (Order.DAY_FIRST, (), "2017-04-03"),
        (Order.MONTH_FIRST, (), "2017-03-04"),
        (None, ("2017-03-04",), "2017-03-04"),
        (Order.DAY_FIRST, ("2017-03-04",), "2017-03-04"),
        (None, ("2017-03-04", "2017-04-03"), ""),
    ],
)
def test_evidence_settles_the_order(shown: Order | None, written: tuple[str, ...], day: str) -> None:
    assert resolve(DateMention(0, 10, "2017-04-03", "2017-03-04", "/"), shown, written) == day


def test_the_pages_other_dates_show_the_order() -> None:
    assert order("on 03/04/2017 and 25/04/2017", "/") is Order.DAY_FIRST
    assert order("on 03/04/2017 and 04/25/2017", "/") is Order.MONTH_FIRST
    assert order("25/04/2017, 04/25/2017", "/") is None
    assert order("25/04/2017", ".") is None


def test_words_of_two_boxes_run_together() -> None:
    assert [one.iso for one in find("Posted onNovember 3, 2017")] == ["2017-11-03"]
    assert find("22. Dezember 201922. Dezember 2019 von A")[0].iso == "2019-12-22"


def test_no_month_name_means_two_months() -> None:
    assert MONTHS["out"] == 10
    assert MONTHS["كانون الثاني"] == 1


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_iso_dates_read_back(day: dt.date) -> None:
    assert [one.iso for one in find(f"on {day.isoformat()} it")] == [day.isoformat()]


@given(st.text(alphabet="0123456789 ./-年月日MayNov,th٠١", max_size=60))
def test_every_date_read_is_in_the_calendar(line: str) -> None:
    for mention in find(line):
        assert 0 <= mention.start < mention.end <= len(line)
        for day in filter(None, (mention.iso, mention.other)):
            assert iso(*map(int, day.split("-"))) == day
            dt.date.fromisoformat(day)


def _table() -> dict[str, list[tuple[str, str]]]:
    """The lines of written_dates.txt by language: what each means, and the line."""
    table: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in (Path(__file__).parent / "written_dates.txt").read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            meaning, language, line = row.split("\t")
            table[language].append((meaning, line))
    return table


TABLE = _table()


def test_the_table_has_enough_dates_of_enough_languages() -> None:
    assert sum(map(len, TABLE.values())) >= 400
    assert len({language.partition("-")[0] for language in TABLE}) >= 35


@pytest.mark.parametrize("language", TABLE)
def test_the_written_dates_of_a_language(language: str) -> None:
    read = {line: [mention.iso if not mention.other else "?" for mention in find(line)] for _, line in TABLE[language]}
    assert read == {line: [] if meaning == "-" else [meaning] for meaning, line in TABLE[language]}


@given(st.dates(dt.date(1921, 3, 21), dt.date(2060, 12, 31)))
def test_every_day_has_one_persian_date(day: dt.date) -> None:
    year = day.year - 621
    readings = [
        (one, month, number)
        for one in (year - 1, year)
        for month in range(1, 13)
        for number in range(1, 32)
        if from_persian(one, month, number) == day.isoformat()
    ]
    assert len(readings) == 1


def test_the_persian_new_year_is_in_march() -> None:
    assert {from_persian(year, 1, 1)[5:] for year in PERSIAN} <= {"03-20", "03-21", "03-22"}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("May 1912", "1912-05"),
        ("Mai 2017", "2017-05"),
        ("octubre de 2018", "2018-10"),
        ("2017年11月", "2017-11"),
        ("1912-05", "1912-05"),
        ("05/1912", "1912-05"),
        ("maj 1897", "1897-05"),
        ("in May 1912", ""),
        ("13/1912", ""),
        ("The May 1912 rising", ""),
    ],
)
def test_a_month_alone(line: str, value: str) -> None:
    assert month_alone(line) == value


def test_a_year_alone() -> None:
    assert year_alone("(1912)") == "1912"
    assert year_alone("1302") == year_alone("19123") == year_alone("c. 1912") == ""


def test_names_are_of_one_month() -> None:
    assert MONTHS["listopadu"] == 11
    assert PERSIAN_MONTHS["شهریور"] == 6
    assert WEEKDAYS["monday"] == WEEKDAYS["lundi"] == 0
    assert "so" not in WEEKDAYS
