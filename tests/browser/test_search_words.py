"""The search never denies: every word and phrase of generated texts, in many scripts and between all marks, is found.

The index is the real Pagefind's, the search the page's own, in a real browser. ``STEMMA_SEARCH_TEXTS`` says how many
texts; ``make test-long`` takes 2,000.
"""

from __future__ import annotations

import os
import random
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from stemma.cache import Objects
from stemma.commands import server
from stemma.publish.index import build_index
from stemma.publish.output.target import Target
from stemma.publish.search import index_pages
from stemma.publish.search.tokens import sequence
from stemma.records import Field, Witness
from stemma.text import FOLDING, with_whole_vowels, words_of
from tests.publish import archives
from tests.publish.browse.test_lists import site

ROOT = Path(__file__).parents[2]
TEXTS = int(os.environ.get("STEMMA_SEARCH_TEXTS", "120"))
BATCH = 4000
"""Queries asked at a time."""
PARTS = 8
"""Tests that the queries are asked in: each can run by itself."""
SCRIPTS = {
    "Latin": "abcdefghijklmnopqrstuvwxyzàéîõüßæøłđñçžşığœÀÉÜŠŁ",
    "Greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώΑΣ",
    "Cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїўђ",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئکیپچگ",
    "Hebrew": "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    "Devanagari": "अआइईउऊएओकखगघचछजझटठडतथदधनपफबभमयरलवशषसह",
    "Tamil": "அஆஇஈஉஊஎஏஒகஙசஞடணதநபமயரலவழளறன",
    "Thai": "กขคงจฉชซญดตถทธนบปผพฟภมยรลวศสหอฮะาเแโไ",
    "Lao": "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮະາເແໂໄ",
    "Khmer": "កខគឃងចឆជឈញដឋណតថទធនបផពភមយរលវសហឡអ",
    "Burmese": "ကခဂဃငစဆဇညတထဒနပဖဗဘမယရလဝသဟအ",
    "Han": "灯台光海港船書店漁師天気図見話古雨水山川人心東西",
    "Japanese": "あいうえおかきくけこさしすせそがぎぐアイウエオカキクケコパピプｶﾒﾗ漁師港",
    "Hangul": "가나다라마바사아자차카타파하도서관학교물고기",
    "Ethiopic": "ሀለሐመሠረሰሸቀበተኀነአከወዐዘየደገጠጰጸፀፈፐ",
    "Digits": "0123456789٠١٢٣۴५६७２０１７²³₂",
}
MARKS = {
    "Latin": "\u0301\u0308\u0323\u00ad\u200d", "Greek": "\u0301\u0308", "Cyrillic": "\u0301\u0306",
    "Arabic": "\u064b\u064e\u0650\u0651\u0652\u0640\u200c", "Hebrew": "\u05b0\u05b7\u05b8\u05bc",
    "Devanagari": "\u093e\u093f\u0940\u0941\u0947\u094d\u0902\u093c\u200d", "Tamil": "\u0bbe\u0bbf\u0bc1\u0bcd",
    "Thai": "\u0e31\u0e34\u0e35\u0e38\u0e48\u0e49\u0e33", "Lao": "\u0eb1\u0eb4\u0eb8\u0ec8\u0ec9",
    "Khmer": "\u17b6\u17b7\u17bb\u17c6\u17d2", "Burmese": "\u102c\u102d\u102f\u1039\u103a", "Japanese": "\u3099",
    "Hangul": "\u1100\u1161",
}  # fmt: skip
BETWEEN = (
    *" " * 40, *"—–…·•/|_:;,.()[]{}<>!?*&@#%^~+=\\`\"'«»“”‘’„‚‐‑−、。，．；：！？،؛؟।॥×÷™®°€£¥¿¡§¶†‡‰′″←→↔",
    "\u00a0", "\u200b", "\u3000", "\u202e", "\u2060", "- ", " – ", ". ", ", ", "’", "…", " 🎉 ", "🎉", "☃",
)  # fmt: skip
FIND = """async ([path, wanted]) => {
  const { open } = await import(path + "static/search-index.js");
  const { parse } = await import(path + "static/search-query.js");
  const { evaluate } = await import(path + "static/search-sets.js");
  const index = window.index ??= await open(new URL(path, location.href));
  const rows = window.rows ??= new Map();
  for (let row = rows.size; row < index.rows.total; row += 1) rows.set((await index.text(row)).id, row);
  const facets = { publisher: [], author: [], language: [], kind: [], source: [] };
  const state = { ...facets, from: "", to: "", undated: true, sort: "relevance" };
  const denied = [];
  for (const [query, ids] of wanted) {
    const result = await evaluate(index, parse(query, index.words), state);
    const found = new Set(result.nowhere.length || result.unsearchable.length ? [] : result.rows);
    for (const id of ids) if (!found.has(rows.get(id))) denied.push([id, query]);
  }
  return denied;
}"""
TOKENS = """async ([path, texts]) => {
  const { tokenizer } = await import(path + "static/search-tokens.js");
  const { units, tokens } = tokenizer(await (await fetch(path + "data/folding.json")).json());
  return texts.map((all) => tokens(all.flatMap((text) => units(text))));
}"""


def word(chance: random.Random, script: str) -> str:
    """A word of a script, with marks on some letters, composed or not."""
    letters = chance.choices(SCRIPTS[script], k=chance.randint(1, 9))
    marks = MARKS.get(script, "")
    made = "".join(one + (chance.choice(marks) if marks and chance.random() < 0.2 else "") for one in letters)
    return unicodedata.normalize(chance.choice(("NFC", "NFD")), made)


def text(chance: random.Random) -> str:
    """Some words, most of one script, between marks."""
    script = chance.choice(list(SCRIPTS))
    pieces: list[str] = []
    for _ in range(chance.randint(3, 14)):
        pieces += [word(chance, script if chance.random() < 0.9 else chance.choice(list(SCRIPTS))),
                   chance.choice(BETWEEN)]  # fmt: skip
    return with_whole_vowels(" ".join("".join(pieces).split()))


@pytest.fixture(scope="module")
def witnesses() -> Sequence[Witness]:
    chance = random.Random(18)
    return [
        archives.witness(
            f"w{number}", *(text(chance) for _ in range(chance.randint(1, 3))), title=text(chance),
            author=(text(chance), text(chance)) if chance.random() < 0.5 else (), publisher="Packet",
        )
        for number in range(TEXTS)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def page(browser: Browser, witnesses: Sequence[Witness], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page of an archive of these texts."""
    folder = tmp_path_factory.mktemp("words")
    archive = archives.archive(witnesses)
    for path, html in site(archive).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(html, "utf-8")
    shutil.copytree(ROOT / "templates" / "static", folder / "static")
    (folder / "data").mkdir()
    shutil.copy(ROOT / "stemma" / "folding.json", folder / "data")
    assert index_pages.write_index(build_index(archive), Target(folder, Objects(None)))[1] == ()
    with server.serving(folder, server.headers(ROOT / "netlify.toml")) as address, browser.new_page() as opened:
        opened.goto(address + "about.html")
        yield opened


def searched(witness: Witness) -> list[str]:
    """The texts of a witness that are searched."""
    return [witness.value(Field.TITLE), *witness.values(Field.AUTHOR), witness.text]


def test_a_query_is_split_as_a_text_is(page: Page, witnesses: Sequence[Witness]) -> None:
    texts = [[text.strip() for text in searched(witness)] for witness in witnesses]
    assert FOLDING["version"] == 2
    assert page.evaluate(TOKENS, ["/", texts]) == [sequence(one)[0] for one in texts]


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("number", range(PARTS))
def test_every_word_and_phrase_is_found(page: Page, witnesses: Sequence[Witness], number: int) -> None:
    wanted: dict[str, set[str]] = {}
    for witness in witnesses:
        for part in searched(witness):
            words = words_of(part)
            phrases = (f'"{" ".join(words[at : at + 3])}"' for at in range(len(words) - 2))
            for query in (*words, *phrases, *(f'"{part[a:b]}"' for a, b in _stretches(part))):
                wanted.setdefault(query, set()).add(witness.id)
    queries, denied = [(query, sorted(ids)) for query, ids in wanted.items()][number::PARTS], []
    for first in range(0, len(queries), BATCH):
        denied += page.evaluate(FIND, ["/", queries[first : first + BATCH]])
    assert sum(map(len, wanted.values())) > 20 * TEXTS
    assert denied == []


def _stretches(part: str) -> Iterator[tuple[int, int]]:
    """Three words as they stand, with what is between them; a quotation mark would end the phrase."""
    at, places = 0, []
    for one in words_of(part):
        at = part.index(one, at)
        places.append((at, at + len(one)))
        at += len(one)
    for first, third in zip(places, places[2:], strict=False):
        if not set(part[first[0] : third[1]]) & set('"“”„«»'):
            yield first[0], third[1]
