import json
import re
from dataclasses import replace

import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from hypothesis import given
from hypothesis import strategies as st

from stemma.publish.reading.text import citations
from stemma.publish.wording import references
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.references import Cited, Reference
from stemma.publish.wording.translation import ENGLISH

LAMP = Reference(
    id="quay-1",
    title="The lamp goes out",
    authors=("Hanne Orlick", "B. & Sons"),
    publisher="Quay Packet",
    date="2017-03-15",
    language="en",
    address="https://quay.example/t/quay-1.html",
    archive="The Quay Archive",
    work="https://quay.example/work/quay-1.html",
    sha256="5c0f",
)


def test_bibtex() -> None:
    assert (
        references.bibtex(LAMP, ENGLISH)
        == """@misc{quay-1,
  author = {Orlick, Hanne and {B. \\& Sons}},
  title = {{The lamp goes out}},
  howpublished = {Quay Packet},
  year = {2017},
  month = {March},
  note = {The Quay Archive, text quay-1, SHA-256 5c0f},
  url = {https://quay.example/t/quay-1.html},
}"""
    )


def test_ris() -> None:
    assert references.ris(LAMP, ENGLISH).split("\n") == [
        "TY  - NEWS",
        "AU  - Orlick, Hanne",
        "AU  - B. & Sons",
        "TI  - The lamp goes out",
        "T2  - Quay Packet",
        "PY  - 2017",
        "DA  - 2017/03/15",
        "LA  - en",
        "DB  - The Quay Archive",
        "AN  - quay-1",
        "UR  - https://quay.example/t/quay-1.html",
        "N1  - SHA-256 of the raw file: 5c0f",
        "ER  - ",
    ]


def test_csl_json_reads_back() -> None:
    (entry,) = json.loads(references.csl_json(LAMP, ENGLISH))
    assert entry["issued"] == {"date-parts": [[2017, 3, 15]]}
    assert entry["author"] == [{"family": "Orlick", "given": "Hanne"}, {"literal": "B. & Sons"}]
    assert LAMP.sha256 in entry["note"]


def test_what_is_not_stated_is_left_out() -> None:
    bare = replace(LAMP, authors=(), publisher="", date="", language="")
    assert "howpublished" not in references.bibtex(bare, ENGLISH)
    assert not re.search("AU|PY|DA|LA|T2", references.ris(bare, ENGLISH))
    assert "datePublished" not in citations.json_ld(bare)
    assert {one.name for one in citations.meta(bare)}.isdisjoint(
        {"citation_author", "dc.date", "citation_journal_title"}
    )


@given(st.text(st.characters()))
def test_hostile_values_stay_values(text: str) -> None:
    title = one_line(text) or "-"
    hostile = replace(LAMP, title=title, authors=(title,))
    assert [depth for depth, _ in fields_of(references.bibtex(hostile, ENGLISH))] == [1] * len(BIBTEX)
    assert len(references.ris(hostile, ENGLISH).split("\n")) == 12
    assert json.loads(references.csl_json(hostile, ENGLISH))[0]["title"] == title
    (entry,) = rispy.loads(references.ris(hostile, ENGLISH))
    assert (entry["title"], entry["authors"]) == (title, [title])
    library = parse_string(references.bibtex(hostile, ENGLISH))
    assert library.failed_blocks == []
    assert [one.key for one in library.entries[0].fields] == BIBTEX


def test_a_brace_of_a_title_ends_no_field() -> None:
    hostile = replace(LAMP, title="Lamp}}, year = {1900", authors=("Ada {Quist, Bo and Cy} Vane",))
    assert [name for _, name in fields_of(references.bibtex(hostile, ENGLISH))] == BIBTEX
    (book,) = parse_string(references.bibtex(hostile, ENGLISH)).entries
    assert (book["year"], book["title"]) == (
        "2017",
        r"{Lamp\textbraceright{}\textbraceright{}, year = \textbraceleft{}1900}",
    )


def fields_of(bibtex: str) -> list[tuple[int, str]]:
    """The fields of an entry as BibTeX itself reads them, which counts every brace: depth of braces and name."""
    depth, found = 0, []
    for line in bibtex.split("\n"):
        if name := re.match(r"  (\w+) = ", line):
            found.append((depth, name[1]))
        depth += line.count("{") - line.count("}")
    assert depth == 0
    return found


BIBTEX = ["author", "title", "howpublished", "year", "month", "note", "url"]


def test_other_programs_read_them() -> None:
    (entry,) = rispy.loads(references.ris(LAMP, ENGLISH))
    assert entry["authors"] == ["Orlick, Hanne", "B. & Sons"]
    assert (entry["title"], entry["secondary_title"], entry["date"]) == (
        "The lamp goes out",
        "Quay Packet",
        "2017/03/15",
    )
    assert entry["urls"] == [LAMP.address]
    decode = [LatexDecodingMiddleware(), SeparateCoAuthors()]
    (book,) = parse_string(references.bibtex(LAMP, ENGLISH), append_middleware=decode).entries
    assert [name.strip("{}") for name in book["author"]] == ["Orlick, Hanne", "B. & Sons"]
    assert book["title"].strip("{}") == "The lamp goes out"
    assert (book.key, book["year"], book["url"]) == ("quay-1", "2017", LAMP.address)


def test_a_date_says_everywhere_only_what_is_known() -> None:
    """Each EDTF date: BibTeX's date and year, RIS's PY and DA, CSL's issued, the words, the date of schema.org."""
    cases = {
        "1950": ("", "1950", "1950", {"date-parts": [[1950]]}, "1950", "1950"),
        "1950-06": ("", "1950", "1950/06", {"date-parts": [[1950, 6]]}, "June 1950", "1950-06"),
        "1950~": ("1950~", "1950", "1950///about 1950", {"date-parts": [[1950]], "circa": True}, "about 1950", ""),
        "1846-02-03?": (
            "1846-02-03?", "1846", "1846/02/03/perhaps 3 February 1846",
            {"date-parts": [[1846, 2, 3]], "circa": True}, "perhaps 3 February 1846", "",
        ),
        "1949/1951-06": (
            "1949/1951-06", "1949", "1949///1949 to June 1951",
            {"date-parts": [[1949], [1951, 6]]}, "1949 to June 1951", "",
        ),
    }  # fmt: skip
    for edtf, (date, year, slashed, issued, words, schema) in cases.items():
        dated = replace(LAMP, date=edtf)
        (book,) = parse_string(references.bibtex(dated, ENGLISH)).entries
        assert ({one.key: one.value for one in book.fields}.get("date", ""), book["year"]) == (date, year)
        (entry,) = rispy.loads(references.ris(dated, ENGLISH))
        assert (entry["year"], entry["date"]) == (year, slashed)
        assert json.loads(references.csl_json(dated, ENGLISH))[0]["issued"] == issued
        assert references.when(dated, ENGLISH) == words
        assert citations.json_ld(dated).get("datePublished", "") == schema
        said = {one.name: one.content for one in citations.graph(dated, "")}
        assert said.get("article:published_time", "") == schema


def test_a_work_is_cited_without_author_date_or_letter() -> None:
    work = replace(LAMP, authors=(), publisher="", date="", work="", cited=Cited.WORK)
    assert references.ris(work, ENGLISH).startswith("TY  - ELEC\nTI  - The lamp goes out\nLA  - en\n")
    assert json.loads(references.csl_json(work, ENGLISH))[0]["type"] == "webpage"
    assert "note = {The Quay Archive, work quay-1, SHA-256 of its base 5c0f}" in references.bibtex(work, ENGLISH)


def test_only_persons_are_split_for_schema_org() -> None:
    assert citations.json_ld(replace(LAMP, authors=("Hanne Orlick", "Newsroom staff")))["author"] == [
        {"@type": "Person", "name": "Hanne Orlick", "familyName": "Orlick", "givenName": "Hanne"},
        {"@type": "Organization", "name": "Newsroom staff"},
    ]
