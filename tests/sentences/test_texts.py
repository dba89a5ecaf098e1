"""Every sentence of fact on the page of a text, computed again from the data files and the raw file."""

from __future__ import annotations

import hashlib
import html
import re

from stemma.text import words_of
from tests.sentences.built import Site, counted, number, plain, siglum, spaced, written

LETTER = r"(?:<i>)?(\w+)(?:</i>)?"


def test_how_many_copies_a_text_has(site: Site) -> None:
    for id_, page in site.pages():
        several = len(site.works[id_])
        assert ("No other copy found" in page) == (several == 1), id_
        said = re.search(r">a work in ([\w,]+) witnesses</a>", page)
        assert counted(said[1] if said else "one") == several, id_
        letter = re.search(r">Witness (\w+) of <a", page)
        assert (letter[1] if letter else "A") == siglum(site.works[id_].index(id_)), id_
        copies = re.search(r">Copies \((\d+)\)<", page)
        assert (number(copies[1]) if copies else 0) == several - 1, id_


def test_how_long_a_text_is(site: Site) -> None:
    for id_, page in site.pages():
        said = re.search(r"<li>([\d,]+) words?(?:, (\d+) minutes)?</li>", page)
        assert said, id_
        words = len(words_of(site.texts[id_]["body"]))
        assert number(said[1]) == words, id_
        assert (int(said[2]) if said[2] else 1) == max(1, round(words / 238)), id_


def test_no_line_is_missing_unseen(site: Site) -> None:
    """Every line that is not of the text lies in a gap that is named, and no line of the text does."""
    for id_, page in site.pages():
        gaps = [(int(a), int(b or a)) for a, b in re.findall(r"<span>l\. (\d+)(?:–(\d+))? set aside</span>", page)]
        aside = [one for one in site.texts[id_]["blocks"] if one["label"] != "body"]
        body = [one for one in site.texts[id_]["blocks"] if one["label"] == "body"]
        for block in aside:
            assert any(a <= block["first"] and block["last"] <= b for a, b in gaps), (id_, block)
        if "The curator corrected its text" not in page:
            for block in body:
                assert not any(a <= block["last"] and block["first"] <= b for a, b in gaps), (id_, block)
        said = re.search(r"Set aside \(([\d,]+) lines?\)", page)
        lines = sum(block["last"] - block["first"] + 1 for block in aside)
        assert (number(said[1]) if said else 0) == lines, id_


def test_shares_are_those_of_the_data(site: Site) -> None:
    covered = {}
    for row in site.rows("relations"):
        covered[row["a"], row["b"]] = row["coverage_a"], row["coverage_b"]
        covered[row["b"], row["a"]] = row["coverage_b"], row["coverage_a"]
    entry = re.compile(r"<li>(?:(?!</li>).)*?(\d+)% of this text and (\d+)% of theirs.*?</li>", re.DOTALL)
    checked = 0
    for id_, page in site.pages():
        for found in entry.finditer(page):
            other = re.search(r'<a href="([^"]+)\.html">Read', found[0])
            assert other, id_
            shares = covered[id_, other[1]]
            assert abs(100 * shares[0] - int(found[1])) <= 1, (id_, other[1])
            assert abs(100 * shares[1] - int(found[2])) <= 1, (id_, other[1])
            checked += 1
    assert checked >= len(covered) // 4


def test_the_same_words_are_the_same_words(site: Site) -> None:
    for id_, page in site.pages():
        for found in re.finditer(r"<li>(?:(?!</li>).)*?Same words throughout.*?</li>", page, re.DOTALL):
            other = re.search(r'<a href="([^"]+)\.html">Read', found[0])
            assert other, id_
            assert site.words[id_] == site.words[other[1]], (id_, other[1])


def test_a_paragraph_in_no_related_text_is_in_none(site: Site) -> None:
    related: dict[str, set[str]] = {id_: set(members) - {id_} for id_, members in site.works.items()}
    for row in site.rows("relations"):
        if not row["doubtful"]:
            related[row["a"]].add(row["b"])
            related[row["b"]].add(row["a"])
    for id_, page in site.pages():
        paragraphs = site.texts[id_]["body"].split("\n\n")
        letters = {}
        for found in re.finditer(r'<li><span class="sig[^"]*">(\w+)</span>(.*?)</li>', page, re.DOTALL):
            other = re.search(r'<a href="([^"]+)\.html">Read', found[2])
            if other:
                letters[found[1]] = other[1]
        for found in re.finditer(r'id="p(\d+)">(.*?)</div>', page, re.DOTALL):
            words = spaced(paragraphs[int(found[1]) - 1])
            if "in no related text</span>" in found[2] and words.strip():
                holders = [other for other in related[id_] if words in site.words[other]]
                assert holders == [], (id_, found[1])
            for letter in re.findall(rf"same words as </span>{LETTER}", found[2]):
                if letter in letters:
                    assert words in site.words[letters[letter]], (id_, found[1], letter)


def test_the_raw_file_is_the_one_that_is_named(site: Site) -> None:
    for id_, page in site.pages():
        row, raw = site.texts[id_], site.raw(id_)
        assert hashlib.sha256(raw).hexdigest() == row["sha256"], id_
        assert f"SHA-256 {row['sha256']}." in page, id_
        size = re.search(r"</bdi></a>, ([\d,]+) bytes", page)
        assert size, id_
        assert number(size[1]) == len(raw), id_
        said = re.search(r"Archived copy, received from <a[^>]*><bdi>(.*?)</bdi>", page)
        assert (html.unescape(said[1]) if said else None) == row["received_from"], id_


def test_the_byline_is_what_the_data_say(site: Site) -> None:
    for id_, page in site.pages():
        row = site.texts[id_]
        byline = plain(page.partition('<p class="byline">')[2].partition('<span class="rest">')[0])
        for value in (row["publisher"], *row["author"][:60], written(row["date_edtf"] or "")):
            assert not value or " ".join(value.split())[:299] in byline, (id_, value)
        if not row["publisher"] and not row["author"] and not row["date_edtf"]:
            assert not byline, id_


def test_a_line_states_what_it_is_said_to_state(site: Site) -> None:
    """The words of a title, of authors and tags are in the raw line that is named."""
    entry = re.compile(r"<dt>(Title|Author|Tags)</dt><dd>(.*?)</dd>", re.DOTALL)
    value = re.compile(r"(.*?)<a class=\"src\"[^>]*>l\. (\d+)(, corrected)?<span", re.DOTALL)
    checked = 0
    for id_, page in site.pages():
        if "<dt>Repaired</dt>" in page or site.texts[id_]["evidence"].get("title") == "curator":
            continue
        lines = [html.unescape(line) for line in site.lines(id_, page)]
        for name, said in entry.findall(page):
            for values, line, corrected in value.findall(said):
                if corrected:
                    continue
                stated = [plain(one) for one in re.findall(r"<bdi>(.*?)</bdi>", values, re.DOTALL)]
                here = spaced(" ".join(lines[int(line) - 1 : int(line) + 2]))
                for one in stated:
                    checked += 1
                    assert all(word in here for word in spaced(one.rstrip("…")).split()), (id_, name, one, line)
    assert checked > len(site.texts) / 2


def test_shares_of_the_page_are_those_of_its_lines(site: Site) -> None:
    for id_, page in site.pages():
        said = re.search(
            r"([\d,]+) lines?, first to last, drawn by number of characters. Of these (.*?) are the text", page
        )
        if said is None or "<dt>Repaired</dt>" in page:
            continue
        lines = site.lines(id_, page)
        assert number(said[1]) == len(lines) - (lines[-1] == ""), id_
        sizes = {True: 0, False: 0}
        for block in site.texts[id_]["blocks"]:
            sizes[block["label"] == "body"] += sum(map(len, lines[block["first"] - 1 : block["last"]]))
        share = 100 * sizes[True] / max(1, sum(sizes.values()))
        shown = 0.4 if "under" in said[2] else float(said[2].rstrip("%"))
        assert abs(shown - share) <= 1, (id_, said[2], share)


def test_neighbours_are_in_the_order_of_dates(site: Site) -> None:
    for id_, page in site.pages():
        near = page.partition('aria-label="Previous and next text by date')[2]
        for which, other in re.findall(r'rel="(prev|next)" href="([^"]+)\.html"', near):
            early, late = (other, id_) if which == "prev" else (id_, other)
            days = [site.texts[one]["date_edtf"] or "9999" for one in (early, late)]
            assert days[0][:10] <= days[1][:10], (id_, other)
            if "text by date, " in page:
                assert site.texts[other]["publisher"] == site.texts[id_]["publisher"], (id_, other)


def test_words_in_common_are_those_of_the_data(site: Site) -> None:
    entry = re.compile(r"<li>(?:(?!</li>).)*?([\d,]+) words? in common, (?:(?!</li>).)*?</li>", re.DOTALL)
    for id_, page in site.pages():
        for found in entry.finditer(page.partition('id="copies"')[2].partition('id="claims"')[0]):
            other = re.search(r'<a href="([^"]+)\.html">Read', found[0])
            assert other, id_
            assert number(found[1]) == site.related[frozenset((id_, other[1]))]["shared_words"], (id_, other[1])
