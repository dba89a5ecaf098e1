"""Who has which part, drawn: a bar a witness, a slot a paragraph of the base, as wide as its number of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.observe.parallels import Parallels, State
from stemma.publish.reading.work.work_view import WorkView
from stemma.publish.wording.numbers import per_cent
from stemma.publish.wording.translation import Translation, message

MAX_STRIPS: Final = 50
"""Witnesses that differ which are drawn."""

_ALL_DRAWN: Final = 12
"""Witnesses up to which all are drawn, those without a difference too."""

_MAX_SLOTS: Final = 120
"""Slots up to which each has a stroke and a gap; beyond, like neighbours are one stroke."""

_LOOKS: Final = {
    State.SAME: "k-same",
    State.DIFFERS: "h-chg",
    State.PART: "h-chg",
    State.MOVED: "k-none",
    State.LACKING: "k-thin",
}
_PHRASES: Final = (
    ("k-same", message("has the same words in %(paragraphs)s")),
    ("h-chg", message("changes %(paragraphs)s")),
    ("k-none", message("has elsewhere %(paragraphs)s")),
    ("k-thin", message("lacks %(paragraphs)s")),
)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A run of slots with one look; ``end`` is for lines, all in per cent."""

    x: str
    width: str
    end: str
    look: str


@dataclass(frozen=True, slots=True)
class Head:
    """The number of a paragraph over its slot."""

    x: str
    text: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One witness: its siglum, its strokes, in words what they show, and a summary."""

    siglum: str
    small: bool
    strokes: tuple[Stroke, ...]
    label: str
    summary: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The drawing. ``same`` and ``more`` count witnesses not drawn: alike, and unlike."""

    heads: tuple[Head, ...]
    strips: tuple[Strip, ...]
    same: int
    more: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in the drawing: a paragraph of the base, or what witnesses add after one (``added``)."""

    paragraph: int
    added: bool
    start: float
    width: float


def bars(view: WorkView) -> Bars | None:
    """The drawing of a work; None where there is nothing to set beside the base."""
    if not view.parallels and not view.beyond:
        return None
    tr = view.tr
    words = _words(view)
    slots = _slots(words, view)
    strips = [
        _strip(view.sigla[view.base.id], tr.gettext("the base"), [State.SAME] * len(words), frozenset(), slots, tr)
    ]
    unlike = [id_ for id_, one in view.parallels.items() if _unlike(one)]
    every = len(view.parallels) <= _ALL_DRAWN
    drawn = list(view.parallels) if every else unlike[:MAX_STRIPS]
    strips += [_of(view.sigla[id_], view.parallels[id_], slots, tr) for id_ in drawn]
    strips += [_of(view.sigla[id_], one, slots, tr, small=True) for id_, one in view.beyond.items()]
    return Bars(
        heads=tuple(_heads(slots)),
        strips=tuple(strips),
        same=0 if every else len(view.parallels) - len(unlike),
        more=0 if every else max(len(unlike) - MAX_STRIPS, 0),
        paragraphs=len(words),
    )


def _words(view: WorkView) -> list[int]:
    some = next(iter([*view.parallels.values(), *view.beyond.values()]))
    return [one.words for one in some.paragraphs]


def _unlike(one: Parallels) -> bool:
    return bool(one.additions) or any(each.state is not State.SAME for each in one.paragraphs)


def _slots(words: Sequence[int], view: WorkView) -> list[_Slot]:
    added: dict[int, int] = {}
    for one in view.parallels.values():
        sizes: dict[int, int] = {}
        for each in one.additions:
            sizes[each.after] = sizes.get(each.after, 0) + each.words
        for after, size in sizes.items():
            added[after] = max(added.get(after, 0), size)
    wide: list[tuple[int, bool, int]] = []
    for number in range(-1, len(words)):
        if number >= 0:
            wide.append((number, False, max(words[number], 1)))
        if number in added:
            wide.append((number, True, max(added[number], 1)))
    total = sum(size for *_, size in wide)
    gap = 0.45 if len(wide) <= _MAX_SLOTS else 0.0
    slots, at = [], 0.0
    for paragraph, extra, size in wide:
        share = 100 * size / total
        slots.append(_Slot(paragraph, extra, at, max(share - gap, share / 2)))
        at += share
    return slots


def _of(siglum: str, one: Parallels, slots: Sequence[_Slot], tr: Translation, *, small: bool = False) -> Strip:
    """One compared text. What a text of another work has besides is no addition to this one."""
    states = [each.state for each in one.paragraphs]
    added = frozenset() if small else frozenset(each.after for each in one.additions)
    has = sum(each.shared for each in one.paragraphs) / max(sum(each.words for each in one.paragraphs), 1)
    said = [tr.gettext("has %(share)s", share=per_cent(has, tr))]
    if added:
        said.append(tr.figures(one.summary.words_added, "adds %(num)s word", "adds %(num)s words"))
    if State.MOVED in states:
        said.append(tr.count(states.count(State.MOVED), "%(num)s moved", "%(num)s moved"))
    return _strip(siglum, tr.gettext(", ").join(said), states, added, slots, tr, small=small)


def _strip(  # noqa: PLR0917
    siglum: str,
    summary: str,
    states: Sequence[State],
    added: frozenset[int],
    slots: Sequence[_Slot],
    tr: Translation,
    *,
    small: bool = False,
) -> Strip:
    looks = [
        ("k-title" if slot.paragraph in added else "k-thin") if slot.added else _LOOKS[states[slot.paragraph]]
        for slot in slots
    ]
    return Strip(siglum, small, tuple(_strokes(looks, slots)), _label(siglum, states, added, tr), summary)


def _strokes(looks: Sequence[str], slots: Sequence[_Slot]) -> Iterator[Stroke]:
    """A stroke a slot; where there are very many slots, a stroke a run of like ones."""
    runs: list[tuple[float, float, str]] = []
    for look, slot in zip(looks, slots, strict=True):
        if len(slots) > _MAX_SLOTS and runs and runs[-1][2] == look:
            runs[-1] = (runs[-1][0], slot.start + slot.width, look)
        else:
            runs.append((slot.start, slot.start + slot.width, look))
    for start, end, look in runs:
        yield Stroke(f"{start:.2f}%", f"{max(end - start, 0.05):.2f}%", f"{end:.2f}%", look)


def _heads(slots: Sequence[_Slot]) -> Iterator[Head]:
    """Numbers over the slots, as many as there is room for."""
    last = -3.0
    for slot in slots:
        middle = slot.start + slot.width / 2
        if middle - last >= 2.6:
            yield Head(f"{middle:.2f}%", "+" if slot.added else str(slot.paragraph + 1))
            last = middle


def _label(siglum: str, states: Sequence[State], added: frozenset[int], tr: Translation) -> str:
    looks = [_LOOKS[state] for state in states]
    clauses = [
        tr.gettext(said, paragraphs=ranges([place + 1 for place, one in enumerate(looks) if one == look], tr))
        for look, said in _PHRASES
        if look in looks
    ]
    if added:
        places = ranges(sorted(place + 1 for place in added), tr)
        clauses.append(tr.gettext("adds after %(paragraphs)s", paragraphs=places))
    return tr.gettext("%(siglum)s %(clauses)s", siglum=siglum, clauses=tr.gettext(", ").join(clauses))


def ranges(numbers: Sequence[int], tr: Translation, most: int = 12) -> str:
    """Numbers in ascending order, runs written as such: "1, 3 to 5"; more than ``most`` runs are counted."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    written = tr.gettext(", ").join(
        str(run[0]) if run[0] == run[-1] else tr.gettext("%(first)s to %(last)s", first=run[0], last=run[-1])
        for run in runs[:most]
    )
    left = len(runs) - most
    return f"{written} {tr.figures(left, 'and %(num)s more', 'and %(num)s more')}" if left > 0 else written
