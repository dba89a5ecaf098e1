"""Every sentence of a built site that says "no other" or "the same words", recomputed from the data files alone.

``python -m tests.statements SITE`` prints the sentences that are false, and how many of each kind were checked.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from stemma.publish.wording.dates import in_words
from stemma.publish.wording.translation import ENGLISH
from stemma.text import fold_all, words_of

_PARAGRAPH = re.compile(r'<div class="para" id="p(\d+)">(.*?)</div>', re.DOTALL)
_READINGS = re.compile(r'<li id="r(\d+)">(.*?)</div></li>', re.DOTALL)
_READING = re.compile(r'<p class="letters">(.*?)</p>(.*?)(?=<p class="letters">|$)', re.DOTALL)
_LETTER = re.compile(r">([A-Z]+)<")
_IN_TIME = re.compile(
    r'<tr><th scope="row"><a href="work/([^"]+)\.html".*?<span class="second">([^<]*)</span></td>\s*'
    r'<td class="n">([\d,]+)</td></tr>', re.DOTALL
)  # fmt: skip
_STATED = re.compile(r'<tr><th scope="row">([^<]+)</th><td class="w">(.*?)</td>')
_STRIP = re.compile(r"at each of (\d+) places? where a witness differs, in (\d+) paragraphs? of ([\d,]+)\.")
MOVED_WORDS = 8
"""Words of a paragraph that is found where it moved to: fewer may be elsewhere, in other company."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def folded(text: str) -> str:
    """The folded words of a text, each between spaces."""
    return " ".join(["", *fold_all(words_of(text)), ""])


@dataclass
class Site:
    """A built site: its pages, and its data."""

    folder: Path
    checked: Counter[str] = field(default_factory=Counter)

    def rows(self, table: str) -> list[dict[str, object]]:
        """One table of the data."""
        return [
            json.loads(line) for line in (self.folder / f"data/{table}.jsonl").read_text("utf-8").split("\n") if line
        ]

    @cached_property
    def bodies(self) -> dict[str, str]:
        """Bodies by id."""
        return {str(row["id"]): str(row["body"]) for row in self.rows("documents")}

    @cached_property
    def dates(self) -> dict[str, str]:
        """Stated dates by id, in EDTF; empty where none is stated."""
        return {str(row["id"]): str(row["date_edtf"] or "") for row in self.rows("documents")}

    @cached_property
    def words(self) -> dict[str, str]:
        """The folded words of each body."""
        return {name: folded(body) for name, body in self.bodies.items()}

    @cached_property
    def related(self) -> dict[str, set[str]]:
        """The texts each text shares words with."""
        out: dict[str, set[str]] = {name: set() for name in self.bodies}
        for row in self.rows("relations"):
            out[str(row["a"])].add(str(row["b"]))
            out[str(row["b"])].add(str(row["a"]))
        return out

    @cached_property
    def letters(self) -> dict[str, dict[str, str]]:
        """For each text the other members of its work, by their letters."""
        out: dict[str, dict[str, str]] = {}
        for row in self.rows("works"):
            members = [str(name) for name in row["members"]]  # type: ignore[attr-defined]
            named = dict(zip(map(siglum, range(len(members))), members, strict=True))
            out |= dict.fromkeys(members, named)
        return out

    def false(self) -> Iterator[str]:
        """Every sentence that is not so."""
        for name in self.bodies:
            yield from self.false_of(name)
        for path in sorted((self.folder / "compare").rglob("*.html")):
            yield from self.false_of_pair(path.parent.name, path.stem, path.read_text("utf-8"))
        yield from self.false_of_home((self.folder / "index.html").read_text("utf-8"))
        for path in sorted((self.folder / "work").glob("*.html")):
            page = path.read_text("utf-8")
            if path.stem in self.letters:  # else it leads to the page of its work
                yield from self.false_of_work(path.stem, page)
                yield from self.false_of_numbers(path.stem, page)

    def false_of(self, name: str) -> Iterator[str]:
        """The false sentences of a reading page."""
        page = (self.folder / f"t/{name}.html").read_text("utf-8")
        paragraphs = self.bodies[name].split("\n\n")
        for number, part in _PARAGRAPH.findall(page):
            words = folded(paragraphs[int(number) - 1])
            for said in self.false_of_paragraph(name, words, html.unescape(part)):
                yield f"{name} ¶ {number}: {said}"
        if "No other copy found" in page or "No copy of this text was found" in page:
            self.checked["no copy"] += 1
            equal = [other for other, body in self.words.items() if other != name and body == self.words[name]]
            if len(self.words[name].split()) >= 8 and equal:
                yield f"{name}: no copy, but {equal}"

        yield from self.false_of_copies(name, page)

    def false_of_paragraph(self, name: str, words: str, said: str) -> Iterator[str]:
        """The false sentences in the margin of a paragraph."""
        holders = {other for other, body in self.words.items() if other != name and words.strip() and words in body}
        if "in no related text<" in said or "In no other text" in said:
            self.checked["in no other"] += 1
            if holders & self.related[name] or (holders and len(words.split()) >= 6):
                yield f"in no other, but in {sorted(holders)}"
        for kind, pattern in (
            ("not in", r"not in (?:<[^>]+>)?(\w+)<"),
            ("same words", r'<li class="same">(?:<span class="vh">[^<]*</span>)?(\w+)</li>'),
        ):
            for letter in re.findall(pattern, said):
                other = self.letters[name].get(letter, "")
                self.checked[kind] += bool(other)
                if other and words.strip() and (other in holders) is (kind == "not in"):
                    yield f"{kind} {letter} ({other}), which is not so"

    def false_of_work(self, base: str, page: str) -> Iterator[str]:
        """The false sentences of the page of a work: dates, strip, readings side by side."""
        yield from self.false_of_dates(base, page)
        yield from self.false_of_strip(base, page)
        paragraphs = self.bodies.get(base, "").split("\n\n")
        sets = {int(number): one for number, one in _READINGS.findall(page)}
        for number, one in sets.items():
            words = folded(paragraphs[number - 1])
            heard = [(said, name) for names, said in _READING.findall(one) for name in _LETTER.findall(names)]
            for said, letter in heard:
                other = self.letters[base].get(letter, "")
                same = not re.search(r'<ins|<del|<p class="lack">', said)
                if not same and "<del" not in said and "<ins" in said:
                    continue  # it adds words to the paragraph, and may have all of it
                self.checked["a reading"] += bool(other)
                if other and words.strip() and (words in self.words[other]) is not same:
                    yield f"{base} ¶ {number}: the reading of {letter} ({other}) is not so"
        if "The paragraphs left out have the same words in every witness" in page:
            for number, paragraph in enumerate(paragraphs, 1):
                self.checked["left out"] += number not in sets
                lacking = {name for name in self.letters[base].values() if folded(paragraph) not in self.words[name]}
                if number not in sets and lacking:
                    yield f"{base} ¶ {number}: left out, but {sorted(lacking)} have not its words"

    def false_of_home(self, page: str) -> Iterator[str]:
        """The false numbers of the most copied works on the first page."""
        for base, dates, number in _IN_TIME.findall(page):
            self.checked["most copied"] += 1
            members = set(self.letters[base].values())
            if len(members) != int(number.replace(",", "")):
                yield f"{base}: {number} witnesses on the first page, but {len(members)}"
            undated = sum(not self.dates[name] for name in members)
            if undated != int((re.findall(r"(\d+) undated", dates) or ["0"])[0]):
                yield f"{base}: {dates} on the first page, but {undated} are undated"

    def false_of_dates(self, base: str, page: str) -> Iterator[str]:
        """The false rows of the table of stated dates."""
        for said, letters in _STATED.findall(page):
            for letter in re.findall(r"[A-Z]+", re.sub(r"<i>.*?</i>| and .*", "", letters)):
                self.checked["stated date"] += 1
                date = self.dates[self.letters[base][letter]]
                if said != (in_words(date, ENGLISH) if date else "undated"):
                    yield f"{base}: {letter} is listed under {said}, but states {date}"

    def false_of_strip(self, base: str, page: str) -> Iterator[str]:
        """The false numbers of the strip that shows where the changes are."""
        for places, number, paragraphs in _STRIP.findall(page):
            self.checked["strip"] += 1
            counts = [int(one) for one in re.findall(r'href="#a\d+">.*?</a> \((\d+)', page)]
            if len(self.bodies[base].split("\n\n")) != int(paragraphs.replace(",", "")):
                yield f"{base}: the strip says {paragraphs} paragraphs"
            if counts and "more</p>" not in page and [sum(counts), len(counts)] != [int(places), int(number)]:
                yield f"{base}: the strip says {places} places in {number} paragraphs, the list {counts}"

    def false_of_numbers(self, base: str, page: str) -> Iterator[str]:
        """The false sentences of a work's page on witnesses that are the same."""
        members = {name for name in self.letters[base].values() if name in self.words}
        if re.search(r'<p class="under">[^<]*Same words throughout\.', page):
            self.checked["same words in all witnesses"] += 1
            unlike = {name for name in members if self.words[name] != self.words[base]}
            if unlike:
                yield f"{base}: same words throughout, but not so in {sorted(unlike)}"
        for number in re.findall(r"and ([\d,]+) the same: all of \w+ in the same words", page):
            self.checked["so many the same"] += 1
            paragraphs = [folded(paragraph) for paragraph in self.bodies[base].split("\n\n")]
            whole = {name for name in members - {base} if all(one in self.words[name] for one in paragraphs)}
            if len(whole) < int(number.replace(",", "")):
                yield f"{base}: {number} the same, but only {sorted(whole)} are"

    def false_of_copies(self, name: str, page: str) -> Iterator[str]:
        """The false sentences of the list of witnesses of a text."""
        for entry in re.findall(r"<li>(?:(?!</li>).)*?Same words throughout.*?</li>", page, re.DOTALL):
            other = re.search(r'<a href="([^"]+)\.html">Read', entry)
            self.checked["a copy with the same words throughout"] += bool(other)
            if other and self.words[name] != self.words[other[1]]:
                yield f"{name}: {other[1]} has the same words throughout, but not so"
        for entry, number in re.findall(
            r"<li>((?:(?!</li>).)*?(\d+) other cop(?:y|ies) of it .*?)</li>", page, re.DOTALL
        ):
            other = re.search(r'<a href="([^"]+)\.html">Read', entry)
            self.checked["other copies in this text too"] += bool(other)
            if other:
                held = self.contained[name] & set(self.letters[other[1]].values())
                if len(held) != int(number) + 1:
                    yield f"{name}: {number} other copies of {other[1]} in it, but it has {sorted(held)}"

    @cached_property
    def contained(self) -> dict[str, set[str]]:
        """The texts that each text contains, as the data say."""
        out: dict[str, set[str]] = {name: set() for name in self.bodies}
        for row in self.rows("relations"):
            if row["relation"] == "contains" and not row["doubtful"]:
                out[str(row["a"])].add(str(row["b"]))
        return out

    def false_of_pair(self, base: str, witness: str, page: str) -> Iterator[str]:
        """The false sentences of a comparison."""
        paragraphs = self.bodies[base].split("\n\n")
        for tag, other in (("del", witness), ("ins", base)):
            for part in re.findall(rf'<{tag} class="whole"><span class="vh">only in (.*?)</{tag}>', page, re.DOTALL):
                words = folded(html.unescape(re.sub(r"<[^>]+>", "", part.partition("</span>")[2])))
                self.checked["only in"] += bool(words.strip())
                if words.strip() and words in self.words[other] and len(words.split()) >= MOVED_WORDS:
                    yield f"{base} and {witness}: only in the other of {other}, which has {words[:60]}"
        yield from self.false_of_left_out(base, witness, page)
        if "same words throughout" in page:
            self.checked["same words throughout"] += 1
            if self.words[base] != self.words[witness]:
                yield f"{base} and {witness}: same words throughout, but not so"
        for first, last, said in re.findall(r">¶ (\d+)(?:–(\d+))?: the same( words|, character for character)", page):
            self.checked[f"¶: the same{said}"] += 1
            for paragraph in paragraphs[int(first) - 1 : int(last or first)]:
                whole = said == " words"
                if (folded(paragraph) not in self.words[witness]) if whole else (paragraph not in self.bodies[witness]):
                    yield f"{base} and {witness}, ¶ {first}–{last}: the same{said}, but not so"

    def false_of_left_out(self, base: str, witness: str, page: str) -> Iterator[str]:
        """The false notes on paragraphs that a comparison of a part does not show."""
        paragraphs = self.bodies[base].split("\n\n")
        for first, last in re.findall(r">¶ (\d+)(?:–(\d+))?: not in the other text", page):
            for paragraph in map(folded, paragraphs[int(first) - 1 : int(last or first)]):
                self.checked["not in the other text"] += 1
                if len(paragraph.split()) >= MOVED_WORDS and paragraph in self.words[witness]:
                    yield f"{base} and {witness}, ¶ {first}–{last}: not in the other text, which has {paragraph[:60]}"


def siglum(number: int) -> str:
    """A, B … Z, AA and so on."""
    return (siglum(number // 26 - 1) if number >= 26 else "") + _LETTERS[number % 26]


if __name__ == "__main__":
    one = Site(Path(sys.argv[1]))
    sys.stdout.writelines(f"{sentence}\n" for sentence in one.false())
    sys.stdout.write(f"{dict(one.checked)}\n")
