"""What a stranger's file can do to the texts of others: nothing to their lines, titles and works.

The texts attacked are those of the sample archive; strangers' files quote them, repeat their titles, and mix them.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from stemma.clean.cleaning import clean
from stemma.receive.reception import receive
from stemma.records import Field, Witness
from stemma.settings import Settings

SAMPLE = Path(__file__).parent.parent / "content" / "raw"
ATTACKED = (
    "velmouth-packet/2016-10-04-the-bar-has-moved-again.txt",
    "coastwise-review/2017-03-16-lamp-at-ennick-goes-out.txt",
    "upper-velm-intelligencer/2014-12-30-our-year-in-corrections.txt",
    "salt-and-ledger/2017-03-24-who-owns-the-slip.txt",
    "dredgers-almanac/2018-03-01-two-papers-on-the-bar.txt",
    "ennick-lantern/2017-12-30-the-year-on-the-estuary.txt",
    "skarne-valley-record/2017-03-22-ennick-lamp-to-be-put-out.txt",
)
WHO = ("The council", "A neighbour", "The pilot", "One reader", "The old clerk", "My sister", "The engineer")
SAID = ("said on Monday that", "has long believed that", "wrote that", "was told that", "did not expect that")
WHAT = ("the bridge", "a second ferry", "the school roof", "the market hall", "the orchard", "the northern road")
HOW = ("would have to wait until spring", "cost more than was planned", "had been painted in the wrong colour",
       "was safer than it looked", "belonged to nobody in particular", "ought to be measured again")  # fmt: skip


def paragraph(chance: random.Random) -> str:
    """Some sentences of a stranger."""
    return " ".join(
        f"{chance.choice(WHO)} {chance.choice(SAID)} {chance.choice(WHAT)} {chance.choice(HOW)}, and "
        f"{chance.choice(WHO).lower()} {chance.choice(SAID)} {chance.choice(WHAT)} {chance.choice(HOW)}."
        for _ in range(chance.randint(2, 4))
    )


def cleaned(files: Mapping[str, str], content: Path) -> dict[str, Witness]:
    """These raw files, received and cleaned."""
    for path, text in files.items():
        place = content / "raw" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return {one.accession.path: one for one in clean(receive(Settings(content=content)).accessions, {}, ())}


def attacked(*, one_folder: bool) -> dict[str, str]:
    """The sample's texts, all in one folder or each in the one it was received in."""
    return {path.replace("/", "-") if one_folder else path: (SAMPLE / path).read_text("utf-8") for path in ATTACKED}


@pytest.mark.parametrize(
    ("place", "run"), [("{n}.txt", 1), ("{n}.txt", 2), ("strangers/{n}.txt", 1), ("velmouth-packet/{n}.txt", 2)]
)
def test_paragraphs_that_strangers_quote_stay_in_the_text(place: str, run: int, tmp_path: Path) -> None:
    """Each paragraph is quoted by some twenty files, alone or together with its neighbour."""
    chance = random.Random(run)
    files = attacked(one_folder=place == "{n}.txt")
    known = cleaned(files, tmp_path / "before")
    pieces = [
        (path, line) for path, one in known.items() for line in files[path].split("\n")
        if len(line) >= 60 and line in one.text
    ]  # fmt: skip
    assert len(pieces) > 60
    quoted = dict(files)
    for n in range(200):
        lines = [f"On {chance.choice(WHAT)}, {n}", "By Ada Quist", paragraph(chance)]
        for _ in range(9):
            at = chance.randrange(len(pieces))
            lines += [line for _, line in pieces[at : at + run]] + [paragraph(chance)]
        quoted[place.format(n=n)] = "\n\n".join(lines)
    after = cleaned(quoted, tmp_path / "after")
    assert [line for path, line in pieces if line not in after[path].text] == []


def test_a_title_that_strangers_repeat_stays_a_title(tmp_path: Path) -> None:
    """They repeat the lines around it as well; from another folder that is the word of one source."""
    chance = random.Random(5)
    files = attacked(one_folder=False)
    known = cleaned(files, tmp_path / "before")
    repeated = dict(files)
    for n in range(200):
        path = ATTACKED[n % len(ATTACKED)]
        lines = files[path].split("\n")
        title = next(at for at, line in enumerate(lines) if line.strip("# ") == known[path].value(Field.TITLE))
        own = "\n\n".join(paragraph(chance) for _ in range(5))
        repeated[f"strangers/{n}.txt"] = "\n".join([*lines[max(0, title - 2) : title + 3], "", own])
    after = cleaned(repeated, tmp_path / "after")
    for path, one in known.items():
        assert after[path].claims == one.claims
