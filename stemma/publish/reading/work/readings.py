"""Paragraphs in which the witnesses of a work differ: every reading of each, with the sigla that have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from stemma.observe.apparatus import swapped
from stemma.publish.output import urls
from stemma.publish.reading.slices import WorkSlice
from stemma.publish.reading.work.parallel_rows import Piece, Row, found_elsewhere, middle, rows, shown
from stemma.publish.reading.work.shared_rows import MAX_ANCHORED
from stemma.publish.reading.work.work_view import WorkView
from stemma.publish.wording import languages
from stemma.publish.wording.escape import visible
from stemma.records import Apparatus
from stemma.text import WORD

MAX_WITNESSES: Final = 60
"""Witnesses that differ whose readings are shown, the first of them."""

MAX_PARAGRAPHS: Final = 80
"""Paragraphs whose readings are shown on the page of a work."""

MAX_READINGS: Final = 8
"""Readings of one paragraph that are shown."""

MAX_SIGLA: Final = 12
"""Sigla named over one reading; the others are counted."""

MAX_CHARACTERS: Final = 120_000
"""Characters of all readings of a page; the comparisons have the rest."""

_LONG: Final = 2000
"""Characters of a paragraph beyond which long stretches without a difference are cut in their middle."""


_MAX_READING: Final = 12
"""Words that a text of another work has instead of some at the edge of what is shared, beyond which they are its own
text around that and are not repeated."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A witness that has a reading, and where it is compared with the base (empty for the base)."""

    siglum: str
    small: bool
    link: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading and who has it. ``row`` is None for the base's own words; ``added`` are whole paragraphs it adds."""

    letters: tuple[Letter, ...]
    more: int
    row: Row | None
    text: str
    added: tuple[str, ...]
    dir: str

    @property
    def names(self) -> str:
        """The sigla as they are heard: "C, E"."""
        return ", ".join(letter.siglum for letter in self.letters)


@dataclass(frozen=True, slots=True)
class Set:
    """The readings of one paragraph of the base (``number``, from 1), or of what is added after it (``added``)."""

    number: int
    added: bool
    readings: tuple[Reading, ...]
    more: int

    @property
    def anchor(self) -> str:
        """Its anchor on the page of the work."""
        return f"{'s' if self.added else 'r'}{self.number}"


@dataclass(frozen=True, slots=True)
class Readings:
    """Every paragraph with a difference, bounded. ``more``: those not shown. ``whole``: every witness was compared."""

    sets: tuple[Set, ...]
    more: int
    whole: bool

    @property
    def numbers(self) -> frozenset[int]:
        """The paragraphs of the base (from 1) whose readings are shown."""
        return frozenset(one.number for one in self.sets if not one.added)


@dataclass(frozen=True, slots=True)
class _Found:
    """What differs at one paragraph, by witness: a row of the base's paragraph, or paragraphs added after it."""

    rows: dict[str, Row] = field(default_factory=dict)
    added: dict[str, tuple[str, ...]] = field(default_factory=dict)


def readings(scope: WorkSlice, view: WorkView) -> Readings | None:
    """The paragraphs of a work that differ; None where fewer than three texts are compared, or none differs."""
    compared = [*view.parallels, *view.beyond]
    if not view.base_published or len(view.members) < 2 or len(compared) < 2:
        return None
    differing = [(id_, own) for id_ in compared if (own := _apparatus(scope, view, id_)).variants]
    found: dict[int, _Found] = {}
    for id_, own in differing[:MAX_WITNESSES]:
        _collect(found, view, id_, rows(view.base.text, scope.texts[id_].text, own))
    if not found:
        return None
    every = [one for number in sorted(found) for one in _sets(scope, view, compared, number, found[number])]
    sets = tuple(_within(every))
    whole = len(view.parallels) == len(view.members) - 1 and len(differing) <= MAX_WITNESSES
    return Readings(sets, len(every) - len(sets), whole)


def _apparatus(scope: WorkSlice, view: WorkView, id_: str) -> Apparatus:
    pair = scope.comparison(view.base.id, id_) or (view.base.id, id_)
    own = scope.apparatuses[pair]
    return own if pair[0] == view.base.id else swapped(own)


def _collect(found: dict[int, _Found], view: WorkView, id_: str, all_rows: Sequence[Row]) -> None:
    """What one witness has otherwise. Of a text of another work only what it shares with this one."""
    part, after = view.lower(id_), 0
    for row in all_rows:
        if row.number is None:
            if not part and row.added and not row.moved and not _repeats(view, id_, row):
                here = found.setdefault(after, _Found())
                here.added[id_] = (*here.added.get(id_, ()), row.whole)
            continue
        after = row.number
        plain = _within_shared(_plain(row)) if part else _plain(row)
        if plain.changed and not (part and row.lacking) and not _has_all(view, id_, plain):
            found.setdefault(row.number, _Found()).rows[id_] = plain


def _repeats(view: WorkView, id_: str, row: Row) -> bool:
    """Whether a paragraph that a witness adds repeats one that the base has elsewhere."""
    return found_elsewhere(row, view.outlines[view.base.id], view.outlines[id_]).elsewhere


def _has_all(view: WorkView, id_: str, row: Row) -> bool:
    """Whether a witness has the words of a paragraph after all, at the seam of a difference that runs over its end."""
    words = view.outlines[view.base.id].paragraphs[(row.number or 1) - 1]
    adds = any(any(map(str.isalnum, piece.new)) for piece in row.pieces)
    return bool(words) and not adds and not row.moved and view.outlines[id_].has(words)


def _plain(row: Row) -> Row:
    """The row with the words of the base where only typography or spacing differs, or a sign at either end."""
    pieces: list[Piece] = []
    for place, piece in enumerate(row.pieces):
        ends = place in (0, len(row.pieces) - 1) and not piece.new and WORD.search(piece.gone) is None
        one = Piece(same=piece.gone) if (piece.light or ends) and piece.gone and not piece.moved else piece
        if one.light:
            if one.new.strip(" ¶"):
                continue
            one = Piece(same=" ")  # where one of two added paragraphs ends: their words are kept apart
        if one.same and not one.moved and pieces and pieces[-1].same and not pieces[-1].moved:
            pieces[-1] = Piece(same=pieces[-1].same + one.same)
        elif one.same or one.gone or one.new:
            pieces.append(one)
    return replace(row, pieces=tuple(pieces), others=())


def _within_shared(row: Row) -> Row:
    """A row of a text of another work, without the words of that text around what the two share."""
    shared = [place for place, piece in enumerate(row.pieces) if piece.same.strip() or piece.moved]
    first, last = (shared[0], shared[-1]) if shared else (len(row.pieces), -1)
    pieces = [
        replace(piece, new=" […] ") if _around(piece) and not first < place < last else piece
        for place, piece in enumerate(row.pieces)
    ]
    return replace(row, pieces=tuple(pieces))


def _around(piece: Piece) -> bool:
    """Whether a difference brings in sentences that have nothing to do with the words they stand beside."""
    return not piece.same and sum(1 for _ in WORD.finditer(piece.new)) > _MAX_READING


def _sets(scope: WorkSlice, view: WorkView, compared: Sequence[str], number: int, found: _Found) -> Iterator[Set]:
    if found.rows:
        absent = {id_ for id_, one in view.beyond.items() if not one.paragraphs[number - 1].shared}
        as_base = [id_ for id_ in compared if id_ not in found.rows and id_ not in absent]
        text = view.base.body[number - 1].text
        own = _reading(scope, view, [view.base.id, *as_base], number, text=text)
        yield _set(scope, view, number, _grouped(found.rows), own)
    if found.added:
        yield _set(scope, view, number, _grouped(found.added), None)


def _grouped(found: Mapping[str, Row] | Mapping[str, tuple[str, ...]]) -> list[tuple[Row | tuple[str, ...], list[str]]]:
    groups: dict[Row | tuple[str, ...], list[str]] = {}
    for id_, one in found.items():
        groups.setdefault(one, []).append(id_)
    return list(groups.items())


def _set(
    scope: WorkSlice,
    view: WorkView,
    number: int,
    groups: Sequence[tuple[Row | tuple[str, ...], list[str]]],
    own: Reading | None,
) -> Set:
    others = [
        _reading(scope, view, ids, number, row=one)
        if isinstance(one, Row)
        else _reading(scope, view, ids, number, added=one)
        for one, ids in groups[:MAX_READINGS]
    ]
    return Set(number, own is None, (*((own,) if own else ()), *others), max(len(groups) - MAX_READINGS, 0))


def _reading(
    scope: WorkSlice,
    view: WorkView,
    ids: Sequence[str],
    number: int,
    *,
    row: Row | None = None,
    text: str = "",
    added: tuple[str, ...] = (),
) -> Reading:
    long = row is not None and sum(len(each.same + each.gone + each.new) for each in row.pieces) > _LONG
    first = text or "".join(added) or "".join(one.same + one.gone + one.new for one in (row.pieces if row else ())[:8])
    return Reading(
        letters=tuple(islice(_letters(scope, view, ids, number), MAX_SIGLA)),
        more=max(len(ids) - MAX_SIGLA, 0),
        row=shown(row, long=long) if row else None,
        text=middle(visible(text), _LONG // 2),
        added=tuple(middle(visible(one), _LONG // 2) for one in added),
        dir=languages.running(first),
    )


def _letters(scope: WorkSlice, view: WorkView, ids: Sequence[str], number: int) -> Iterator[Letter]:
    for id_ in ids:
        pair = scope.comparison(view.base.id, id_)
        side = "q" if pair and pair[0] == view.base.id else "r"
        beyond = view.beyond.get(id_) if len(view.base.body) > MAX_ANCHORED else None
        shown_there = beyond is None or bool(number and beyond.paragraphs[number - 1].shared)
        link = f"{urls.comparison(*pair)}#{side}{number}" if pair and number and shown_there else ""
        yield Letter(view.sigla[id_], view.lower(id_), link)


def _within(sets: Sequence[Set]) -> Iterator[Set]:
    """The first sets that a page has room for."""
    size = 0
    for one in sets[:MAX_PARAGRAPHS]:
        size += sum(map(_size, one.readings))
        if size > MAX_CHARACTERS:
            return
        yield one


def _size(reading: Reading) -> int:
    pieces = reading.row.pieces if reading.row else ()
    return len(reading.text) + sum(map(len, reading.added)) + sum(len(one.same + one.gone + one.new) for one in pieces)
