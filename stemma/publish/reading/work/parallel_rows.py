"""Two texts set beside each other: an apparatus -> rows, one a paragraph of the base, one a paragraph added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stemma.observe.outline import Outline, folded_words
from stemma.publish.wording.escape import visible
from stemma.records import Apparatus, Variant, VariantType
from stemma.text import WORD

BREAK = "\n\n"

MIN_ELSEWHERE_WORDS: Final = 8
"""Words of a paragraph from which it is found inside a paragraph of the other text too."""

_CONTEXT: Final = 160
"""Characters shown at either end of a long stretch of a long comparison."""

_PIECES_A_ROW: Final = 300
"""Pieces of one row shown in a long comparison."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a row: ``same`` in both texts, or ``gone`` from the base and ``new`` in the witness.

    ``light``: they differ in typography or spacing alone. ``moved``: the words are elsewhere in the witness ("away"),
    or elsewhere in the base ("here").
    """

    same: str = ""
    gone: str = ""
    new: str = ""
    light: bool = False
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph: its ``number`` in the base (None: added); ``others``: the witness’s that begin here.

    ``elsewhere``: only one of the texts has the paragraph here, and the other has its words in another place.
    """

    number: int | None
    others: tuple[int, ...]
    pieces: tuple[Piece, ...]
    elsewhere: bool = False

    @property
    def changed(self) -> bool:
        """Whether words differ."""
        return any(piece.moved or not (piece.same or piece.light) for piece in self.pieces)

    @property
    def light(self) -> bool:
        """Whether only typography differs."""
        return not self.changed and any(piece.light for piece in self.pieces)

    @property
    def lacking(self) -> bool:
        """Whether the witness has nothing of the paragraph."""
        return self.changed and not any(piece.moved or _worded(piece.same + piece.new) for piece in self.pieces)

    @property
    def added(self) -> bool:
        """Whether the base has nothing of the paragraph."""
        return self.changed and not any(_worded(piece.same + piece.gone) for piece in self.pieces)

    @property
    def moved(self) -> bool:
        """Whether all words of the row are elsewhere in the other text."""
        worded = [piece.moved for piece in self.pieces if _worded(piece.same + piece.gone + piece.new)]
        return bool(worded) and (set(worded) == {"away"} or set(worded) == {"here"})

    @property
    def places(self) -> int:
        """In how many places words that moved differ."""
        return sum(piece.moved == "away" and not piece.same and not piece.light for piece in self.pieces)

    @property
    def whole(self) -> str:
        """All words of a paragraph that only one of the texts has."""
        return "".join(piece.same + (piece.gone if self.lacking else piece.new) for piece in self.pieces)


def _worded(text: str) -> bool:
    return WORD.search(text) is not None


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a paragraph: of the base, of the witness, or of both."""

    base: bool
    witness: bool


def rows(base: str, witness: str, apparatus: Apparatus) -> tuple[Row, ...]:
    """All rows in the order of the base. Joining ``same`` and ``gone`` (or ``new``) gives either text back."""
    return tuple(_numbered(_rows(_stream(base, witness, apparatus.variants))))


def found_elsewhere(row: Row, base: Outline, witness: Outline, *, short: bool = True) -> Row:
    """The row, marked where it is a paragraph of one text whose words the other has elsewhere, repeated or moved.

    A few words count only where they are a paragraph of the other text too, and with ``short``.
    """
    if not (row.lacking or row.added) or row.moved:
        return row
    other, words = witness if row.lacking else base, folded_words(row.whole)
    enough = len(words.split()) >= MIN_ELSEWHERE_WORDS
    found = other.has(words) if enough else short and bool(words) and words in other.whole_paragraphs
    return replace(row, elsewhere=True) if found else row


def _stream(base: str, witness: str, variants: Sequence[Variant]) -> Iterator[Piece | _End]:
    at = 0
    for variant in variants:
        yield from _split(Piece(same=base[at : variant.base_start]))
        if variant.moved and variant.base_start < variant.base_end:
            yield from _away(base, witness, variant)
        else:
            yield from _split(_piece(base, witness, variant, "here" if variant.moved else ""))
        at = variant.base_end
    yield from _split(Piece(same=base[at:]))
    yield _End(base=True, witness=True)


def _piece(base: str, witness: str, variant: Variant, moved: str) -> Piece:
    return Piece(
        gone=base[variant.base_start : variant.base_end],
        new=witness[variant.witness_start : variant.witness_end],
        light=variant.type in (VariantType.SPACING, VariantType.TYPOGRAPHIC),
        moved=moved,
    )


def _away(base: str, witness: str, variant: Variant) -> Iterator[Piece | _End]:
    """Words of the base that are elsewhere in the witness, with what differs in them."""
    at = variant.base_start
    for change in (*variant.changes, Variant(variant.base_end, variant.base_end, 0, 0, VariantType.SPACING)):
        yield from _split_side(Piece(gone=base[at : change.base_start], moved="away"), base=True, same=True)
        piece = _piece(base, witness, change, "away")
        gone, *rest = piece.gone.split(BREAK)
        if gone or piece.new:
            yield replace(piece, gone=gone, new=piece.new.replace(BREAK, " ¶ "))
        for text in rest:
            yield _End(base=True, witness=False)
            yield from [replace(piece, gone=text, new="")] if text else []
        at = change.base_end


def _split(piece: Piece) -> Iterator[Piece | _End]:
    """A piece cut at the ends of paragraphs."""
    if piece.same:
        for number, text in enumerate(piece.same.split(BREAK)):
            if number:
                yield _End(base=True, witness=True)
            if text:
                yield Piece(same=text)
    elif BREAK not in piece.gone and BREAK not in piece.new:
        if piece.gone or piece.new:
            yield piece
    else:
        yield from _split_side(replace(piece, new=""), base=True)
        yield from _split_side(replace(piece, gone=""), base=False)


def _split_side(piece: Piece, *, base: bool, same: bool = False) -> Iterator[Piece | _End]:
    for number, text in enumerate((piece.gone if base else piece.new).split(BREAK)):
        if number:
            yield _End(base=base, witness=not base)
        if text and same:
            yield replace(piece, same=text, gone="")
        elif text:
            yield replace(piece, gone=text if base else "", new="" if base else text)


def _rows(stream: Iterator[Piece | _End]) -> Iterator[list[Piece | _End]]:
    """The stream cut where paragraphs of the base end, and before and after paragraphs only the witness has."""
    row: list[Piece | _End] = []
    for one in stream:
        row.append(one)
        if isinstance(one, _End) and one.base:
            yield from _apart(row)
            row = []


def _apart(row: list[Piece | _End]) -> Iterator[list[Piece | _End]]:
    """One paragraph of the base, with paragraphs that stand wholly before or after it in rows of their own."""
    ends = [place for place, one in enumerate(row[:-1]) if isinstance(one, _End)]
    first = next((place for place, one in enumerate(row) if _of_base(one)), len(row))
    last = max((place for place, one in enumerate(row) if _of_base(one)), default=-1)
    if last < 0:  # the base's paragraph is empty, which only an empty body is
        yield row
        return
    cuts = [place + 1 for place in ends if place < first] + [place + 1 for place in ends if place > last]
    for start, end in zip([0, *cuts], [*cuts, len(row)], strict=True):
        if start < end:
            yield row[start:end]


def _of_base(one: Piece | _End) -> bool:
    return isinstance(one, Piece) and bool(one.same or one.gone)


def _numbered(groups: Iterator[list[Piece | _End]]) -> Iterator[Row]:
    ours, theirs, open_ = 0, 0, True
    for group in groups:
        pieces: list[Piece] = []
        others: list[int] = []
        whole = any(_of_base(one) for one in group)
        for one in group:
            if isinstance(one, _End):
                open_ = open_ or one.witness
                continue
            if open_ and (one.same or one.new) and one.moved != "away":
                if others:  # the witness begins a paragraph where the base does not
                    pieces.append(Piece(new=" ¶ ", light=True))
                theirs, open_ = theirs + 1, False
                others.append(theirs)
            pieces.append(one)
        ours += whole
        if pieces:
            yield Row(ours if whole else None, tuple(others), tuple(pieces))


def shown(row: Row, *, long: bool) -> Row:
    """The row fit to be shown; where ``long``, with the middle of long stretches left out."""
    most = _PIECES_A_ROW if long else len(row.pieces)
    pieces = tuple(_shortened(piece, long=long) for piece in row.pieces[:most])
    return replace(row, pieces=pieces if len(row.pieces) <= most else (*pieces, Piece(same=" […]")))


def _shortened(piece: Piece, *, long: bool) -> Piece:
    same, gone, new = (visible(text) for text in (piece.same, piece.gone, piece.new))
    if long:
        same, gone, new = middle(same, _CONTEXT), middle(gone, 2 * _CONTEXT), middle(new, 2 * _CONTEXT)
    return replace(piece, same=same, gone=gone, new=new)


def middle(text: str, around: int) -> str:
    """The beginning and the end of a long stretch."""
    return text if len(text) <= 2 * around + 20 else f"{text[:around]} […] {text[-around:]}"
