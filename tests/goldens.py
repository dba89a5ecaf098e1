"""Golden cases: a raw page -> labelled lines -> claims, and two texts -> apparatus, as files that a person can read.

A case is a text file: one or more lines that say what it shows, then sections that begin with ``=== NAME``. The last
section is what the program makes of the others. A first line ``known failure: REASON`` marks a case whose last section
is what the program ought to make of them.

    python -m tests.goldens    rewrites the last section of every case but the known failures
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from stemma.clean.cleaning import clean
from stemma.receive.reception import receive
from stemma.records import Variant, Witness
from stemma.relate.collate.collation import collate
from stemma.settings import Settings
from tests.archivist import Archivist

FOLDER = Path(__file__).parent / "golden"
PLACE = "case/page.txt"
FAILURE = "known failure: "


@dataclass(frozen=True)
class Case:
    """A case as read from its file: what it shows, its sections, why it fails or the empty string."""

    path: Path
    about: str
    sections: Mapping[str, str]

    @property
    def failure(self) -> str:
        """Why the program is known to fail here."""
        first = self.about.partition("\n")[0]
        return first.removeprefix(FAILURE) if first.startswith(FAILURE) else ""

    @property
    def expected(self) -> str:
        """The last section."""
        return list(self.sections.values())[-1]


def cases(kind: str) -> list[Case]:
    """All cases of a kind: ``pages`` or ``pairs``."""
    return [read(path) for path in sorted((FOLDER / kind).glob("*.txt"))]


def read(path: Path) -> Case:
    """A case from its file."""
    about, *parts = re.split(r"^=== (.+)\n", path.read_text("utf-8"), flags=re.MULTILINE)
    return Case(path, about.strip(), dict(zip(parts[::2], parts[1::2], strict=True)))


def page(case: Case, folder: Path) -> str:
    """The labelled lines and claims of a page; ``folder`` is an empty one to work in."""
    archivist = Archivist(folder)
    archivist.receive(PLACE, case.sections["page"].strip("\n") + "\n")
    (witness,) = clean(receive(Settings(content=archivist.content)).accessions, {}, ())
    return "\n".join([*_lines(witness), "", *_claims(witness)]) + "\n"


def _lines(witness: Witness) -> Iterator[str]:
    for block in witness.blocks:
        for number in range(block.first, block.last + 1):
            text = witness.accession.lines[number - 1].strip()
            if text:
                yield f"{number:>3} {block.label:<10} {text[:58].rstrip()}{'…' if len(text) > 58 else ''}"


def _claims(witness: Witness) -> Iterator[str]:
    for claim in witness.claims:
        place = "measured" if claim.line is None else f"line {claim.line}"
        yield f"{claim.field}: {'; '.join(claim.values)} ({place})"


def pair(case: Case, _: Path) -> str:
    """The apparatus of two texts: paragraph of the base, lemma ] reading, type."""
    base, witness = (case.sections[name].strip("\n") for name in ("base", "witness"))
    variants = collate(base, witness)
    return "".join(f"{_entry(base, witness, variant)}\n" for variant in variants) or "no differences\n"


def _entry(base: str, witness: str, variant: Variant) -> str:
    lemma, reading = (
        base[variant.base_start : variant.base_end],
        witness[variant.witness_start : variant.witness_end],
    )
    where = base.count("\n\n", 0, variant.base_start) + 1
    moved = "; moved" if variant.moved else ""
    return f"{where} {_shown(lemma)} ] {_shown(reading)} ({variant.type}{moved})"


def _shown(text: str) -> str:
    """A reading in one line: paragraph breaks as ¶, other outer spaces visible; a long one by its ends."""
    text = re.sub(r"^ | $", "␣", text.replace("\n\n", "¶").replace("\n", "⏎"))
    return (f"{text[:40]} … {text[-20:]}" if len(text) > 66 else text) or "–"


RENDER: Mapping[str, Callable[[Case, Path], str]] = {"pages": page, "pairs": pair}


def main() -> None:
    """Rewrite what the cases expect."""
    for kind, render in RENDER.items():
        for case in cases(kind):
            if not case.failure:
                with TemporaryDirectory() as folder:
                    made = render(case, Path(folder))
                text = case.path.read_text("utf-8")
                case.path.write_text(text[: text.rindex(case.expected)] + made, "utf-8")


if __name__ == "__main__":
    main()
