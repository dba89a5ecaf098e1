"""Every sentence of fact on the pages of works and comparisons, computed again from the data files."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from stemma.text import words_of
from tests import statements
from tests.sentences.built import Site, counted, number, plain, siglum, spaced, written


def works(site: Site) -> Iterator[tuple[str, list[str], str]]:
    """The base, the published members and the page of each work of several witnesses."""
    for row in site.rows("works"):
        members = [one for one in row["members"] if one in site.texts]
        if len(members) > 1:
            yield row["base"], members, site.page(f"work/{row['base']}.html")


def letters(page: str, members: list[str]) -> dict[str, str]:
    """Which text each letter of a page of a work names, those of other works included."""
    named = {siglum(place): one for place, one in enumerate(members)}
    part = re.compile(r'class="sig part-of">(\w+)</span>.*?<a href="\.\./t/([^"]+)\.html">Read', re.DOTALL)
    named.update(part.findall(page))
    return named


def test_who_has_a_work(site: Site) -> None:
    for base, members, page in works(site):
        under = plain(page.partition('<p class="under">')[2].partition("</p>")[0])
        have = re.match(r"([\w,]+) pages? ha(?:ve|s) this text(?:; ([\w,]+) others? ha(?:ve|s) a part of it)?\.", under)
        assert have, base
        assert counted(have[1]) == len(members), base
        outer = page.count('class="sig part-of"')
        assert (counted(have[2]) if have[2] else 0) == outer or "more</p>" in page, base
        named = letters(page, members)
        dates = sorted(site.texts[one]["date_edtf"] or "" for one in named.values())
        undated = re.search(r"; ([\w,]+) undated\.", under)
        assert (counted(undated[1]) if undated else 0) == (dates.count("") if any(dates) else 0), base
        assert ("No date is stated." in under) == (not any(dates)), base
        spans = [written(date) for date in (next(filter(None, dates), ""), dates[-1])]
        assert all(re.search(rf"\b{one.split(' ')[0]}\b.*{one.split(' ')[-1]}", under) for one in spans if one), (
            base,
            under,
        )


def test_the_base_is_as_long_as_is_said(site: Site) -> None:
    for base, _, page in works(site):
        said = re.search(r"A has ([\d,]+) words?, ([\d,]+) paragraphs?\.", plain(page))
        body = site.texts[base]["body"]
        assert said, base
        assert (number(said[1]), number(said[2])) == (len(words_of(body)), len(body.split("\n\n"))), base


def test_witnesses_are_in_the_order_of_their_letters(site: Site) -> None:
    for base, members, page in works(site):
        listed = re.findall(r'<span class="sig">(\w+)</span>.*?<a href="\.\./t/([^"]+)\.html">Read', page, re.DOTALL)
        assert listed == [(siglum(place), one) for place, one in enumerate(members)][: len(listed)], base
        for letter, rest in re.findall(r'<span class="sig">(\w+)</span>(.*?)</li>', page, re.DOTALL):
            date = written(site.texts[letters(page, members)[letter]]["date_edtf"] or "")
            assert (date or "undated") in plain(rest), (base, letter)


def test_dates_and_credits_are_those_of_the_texts(site: Site) -> None:
    for base, members, page in works(site):
        named = letters(page, members)
        table = page.partition('<table class="stated">')[2].partition("</table>")[0]
        for date, row in re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', table, re.DOTALL):
            cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
            for letter in re.findall(r"\w+", plain(cells[0]).partition(" and ")[0]):
                assert (written(site.texts[named[letter]]["date_edtf"] or "") or "undated") == date, (base, letter)
            for one, source, sigla in re.findall(r"(\w+) credits (.+?) \(([\w ,]+)\)", plain(cells[1])):
                assert site.texts[named[one]]["origin"] == source, (base, one)
                for letter in re.findall(r"[A-Z]+", sigla):
                    assert site.texts[named[letter]]["publisher"].casefold() == source.casefold(), (base, letter)


def test_who_has_which_paragraph(site: Site) -> None:
    """The same words are in the witness, whole; a paragraph that it lacks is not."""
    for base, members, page in works(site):
        paragraphs = [spaced(one) for one in site.texts[base]["body"].split("\n\n")]
        named = letters(page, members)
        for label in re.findall(r'role="img" aria-label="(\w+ (?:has|changes|lacks|adds)[^"]*)"', page):
            letter, _, said = label.partition(" ")
            for which, places in re.findall(r"(same words|lacks)(?: in)? ((?:\d+(?: to \d+)?(?:, (?=\d))?)+)", said):
                for first, last in re.findall(r"(\d+)(?: to (\d+))?", places):
                    for place in range(int(first), int(last or first) + 1):
                        words = paragraphs[place - 1]
                        if words.strip():
                            there = words in site.words[named[letter]]
                            assert there == (which == "same words"), (base, letter, which, place)


def test_readings_are_the_words_of_their_witnesses(site: Site) -> None:
    for base, members, page in works(site):
        named = letters(page, members)
        for sigla, said in re.findall(r'<p class="letters">(.*?)</p>\n(.*?)\n</div>', page, re.DOTALL):
            if '<p class="lack' in said or 'class="vh">moved' in said or "elsewhere" in sigla:
                continue
            kept = re.sub(r'<del>.*?</del>|<span class="vh">.*?</span>', "", said, flags=re.DOTALL)
            for one in re.split(r"</p>|</ins> <ins>", kept):
                words = spaced(html.unescape(re.sub(r"<[^>]+>", "", one)))
                for letter in re.findall(r">(\w+)<", sigla):
                    if words.strip() and named.get(letter) in members:
                        assert words in site.words[named[letter]], (base, letter, words[:80])


def test_comparisons_say_the_same_of_the_same_words(site: Site) -> None:
    assert list(statements.Site(site.folder).false()) == []


def test_what_is_added_and_lacking_adds_up(site: Site) -> None:
    """Where words are added or lacking and nothing else changes, the lengths of the two texts tell how many."""
    for path in (site.folder / "compare").rglob("*.html"):
        said = plain(path.read_text("utf-8").partition('<p class="under">')[2].partition("</p>")[0])
        clauses = said.partition(": ")[2].partition(". ")[0].rstrip(".").split(", ")
        found = [re.match(r"(adds|lacks) ([\w,]+) words?", one) for one in clauses]
        if all(found):
            change = sum((1 if one[1] == "adds" else -1) * counted(one[2]) for one in found if one)
            sizes = [len(words_of(site.texts[one]["body"])) for one in (path.parent.name, path.stem)]
            assert sizes[1] - sizes[0] == change, (path.parent.name, path.stem, said)
