"""Lists, code and tables are text or not as a whole."""

from __future__ import annotations

from stemma.clean.labels.decoder import Verdict
from stemma.clean.labels.labeller import label_lines
from stemma.clean.labels.wholes import with_even_lines, with_whole_forms, with_whole_lists
from stemma.clean.lines.segment import segment
from stemma.records import Evidence, Label

LIST = """What the harbour swimmers bring

The harbour swimmers meet at six on the stone steps, winter and summer, and they have done so since the year the old \
baths burned down. Nobody is paid and nobody is timed.

Newcomers ask what they ought to bring. The answer has changed little in thirty years, and most of it can be borrowed \
from the person beside you.

  * a towel that you do not love
  * Two jerseys
  * wool socks
  * Something hot in a flask
  * A whistle
  * coins for the meter
  * A friend!"""


def test_a_list_of_a_few_words_each_below_the_text_is_text() -> None:
    lines = segment(LIST)
    assert {verdict.label for verdict in label_lines([lines])[0][1:]} == {Label.BODY}


def listed(*chances: float, items: str = "- Wool\n- Bread\n- Salt") -> list[Label]:
    """The labels of a list below a paragraph, by the probabilities of its items to be body."""
    lines = segment("One thing above all is needed.\n" + items)
    verdicts = [
        Verdict(Label.BODY, "model.body", chance, Evidence.MODEL)
        if chance > 0.5
        else Verdict(Label.NAVIGATION, "model.boilerplate", 1 - chance, Evidence.MODEL)
        for chance in (0.9, *chances)
    ]
    return [verdict.label for verdict in with_whole_lists(lines, verdicts)[1:]]


def test_a_list_is_judged_by_the_mean_of_its_items() -> None:
    assert listed(0.2, 0.4, 0.6) == [Label.BODY] * 3
    assert listed(0.1, 0.2, 0.1) == [Label.NAVIGATION] * 3


def test_a_list_of_headlines_is_left_as_it_is() -> None:
    long = "\n".join(f"- The council of Oxmere votes on the {word} gate again" for word in ("upper", "lower", "old"))
    assert listed(0.4, 0.4, 0.4, items=long) == [Label.NAVIGATION] * 3


def test_phrases_parted_by_blank_lines_are_text_as_a_whole() -> None:
    text = "\n\n".join(
        f"{word} we went down to the mill"
        for word in ["first", "then", "soon", "later", "again", "once", "now", "last"]
    )
    lines = segment("Home\n" + "\n" + text)
    found = [Verdict(Label.NAVIGATION, "x", 0.9, Evidence.RULE)]
    found += [Verdict(Label.BODY if at < 4 else Label.NAVIGATION, "x", 0.7, Evidence.MODEL) for at in range(8)]
    assert [one.label for one in with_even_lines(lines, found)[1:]] == [Label.BODY] * 8
    few = [one._replace(label=Label.NAVIGATION) if at > 2 else one for at, one in enumerate(found)]
    assert with_even_lines(lines, few) == tuple(few)


def test_a_table_drawn_below_the_text_is_text_and_a_menu_with_strokes_is_not() -> None:
    def below(*rows: str) -> list[Label]:
        lines = segment("\n".join(("What the gate wrote on Sunday.", "", *rows)))
        aside = [Verdict(Label.NAVIGATION, "x", 0.8, Evidence.MODEL)] * len(rows)
        verdicts = [Verdict(Label.BODY, "x", 0.9, Evidence.MODEL), *aside]
        return [one.label for one in with_whole_forms(lines, verdicts)[1:]]

    assert below("06:12 │ 188 │ 3", "09:40 │ 201 │ 11") == [Label.BODY] * 2
    assert below("06:12 | 188 | 3", "09:40 | 201 | 11", "13:05 | 195 | 24") == [Label.BODY] * 3
    assert below("Home | Mills", "About | Contact us | Terms") == [Label.NAVIGATION] * 2
