"""The comparison of two texts: one markup for three views, complete without script and without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stemma.observe.parallels import Parallels
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.reading.slices import WorkSlice
from stemma.publish.reading.text.witness_list import in_numbers, shares
from stemma.publish.reading.work.parallel_rows import Row, found_elsewhere, rows, shown
from stemma.publish.reading.work.shared_rows import (
    MAX_ANCHORED,
    NOTHING,
    Outside,
    SharedRows,
    looked_for,
    shared_rows,
)
from stemma.publish.reading.work.work_view import WorkView
from stemma.publish.wording import languages
from stemma.publish.wording.numbers import capital
from stemma.publish.wording.titles import page_title
from stemma.publish.wording.translation import Translation, message
from stemma.records import Apparatus, Kind, Relation
from stemma.settings import Settings

MAX_CHARACTERS: Final = 300_000
"""Characters of both texts beyond which only what differs is shown, with some words around it."""

MAX_PIECES: Final = 3000
"""Changes beyond which the same holds."""

MAX_CHANGES: Final = 500
"""Rows with changes beyond which a long comparison is cut off."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts."""

    siglum: str
    small: bool
    name: str
    date: str
    text: str
    lang: str
    dir: str
    title: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is shown. ``step``: its number among the changes, 0 for none. ``note`` stands for rows left out.

    ``anchors`` are those of the rows it stands for.
    """

    row: Row | None
    step: int = 0
    note: str = ""
    words: bool = False
    characters: bool = False
    anchors: tuple[str, ...] = ()

    @property
    def dir(self) -> str:
        """Which way the words of the row run."""
        pieces = self.row.pieces if self.row else ()
        return languages.running("".join(piece.same + piece.gone + piece.new for piece in pieces[:8]))


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Everything a comparison shows."""

    title: str
    heading: str
    work: str
    base: Side
    witness: Side
    said: str
    lines: tuple[Line, ...]
    steps: int
    light: bool
    cut: str
    address: str


def pages(scope: WorkSlice, view: WorkView, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The comparisons of a work's base with its members, and of its members with texts that contain or quote them."""
    inside = set(view.members)
    for (base, witness), apparatus in scope.apparatuses.items():
        if witness in inside and (base == view.base.id or base not in inside):
            yield _page(scope, view, apparatus, renderer, settings)


def _page(scope: WorkSlice, view: WorkView, apparatus: Apparatus, renderer: Renderer, settings: Settings) -> File:
    base, witness = scope.texts[apparatus.base], scope.texts[apparatus.witness]
    path = urls.comparison(base.id, witness.id)
    a, b = _side(scope, view, base.id, "A"), _side(scope, view, witness.id, "B")
    if a.siglum == b.siglum:
        a = replace(a, siglum=a.siglum + "′")
    tr = view.tr
    relation = scope.relation(base.id, witness.id)
    partial = _partial(relation)
    shared = _shared(view, apparatus, partial=partial)
    inside = base.id in view.members
    long = shared.characters > MAX_CHARACTERS or sum(len(row.pieces) for row in shared.rows) > MAX_PIECES
    lines, cut = _lines(shared, tr, partial=partial, long=long)
    own = view.parallels.get(witness.id) if inside else None
    title = tr.gettext(
        "%(first)s and %(second)s: %(title)s", first=a.siglum, second=b.siglum, title=scope.heads[base.id].title
    )
    return renderer.page(
        "compare.html",
        path,
        ComparePage(
            title=page_title(title, settings.title),
            heading=scope.heads[view.members[0]].heading.text,
            work=urls.work(view.base.id) if len(view.members) > 1 else urls.text(view.members[0]),
            base=a,
            witness=b,
            said=_said(a, b, own, relation, tr),
            lines=lines,
            steps=sum(line.step > 0 for line in lines),
            light=any(piece.light for row in shared.rows for piece in row.pieces),
            cut=cut,
            address=settings.address + path,
        ),
    )


def _shared(view: WorkView, apparatus: Apparatus, *, partial: bool) -> SharedRows:
    """The rows to show: of two texts that share a part, those of the part."""
    base, witness = view.outlines[apparatus.base], view.outlines[apparatus.witness]
    if partial:
        found = shared_rows(base.text, witness.text, apparatus)
    else:
        whole = rows(base.text, witness.text, apparatus)
        found = SharedRows(whole, NOTHING, NOTHING, len(base.text) + len(witness.text))
    return replace(
        found,
        rows=tuple(found_elsewhere(row, base, witness, short=not partial) for row in found.rows),
        before=looked_for(found.before, base, witness),
        after=looked_for(found.after, base, witness),
    )


def _said(base: Side, witness: Side, own: Parallels | None, relation: Relation | None, tr: Translation) -> str:
    """What sets the two apart, or how much they share, in one sentence."""
    if own:
        said = in_numbers(own.summary, tr, opens=False)
        return tr.gettext("%(witness)s against %(base)s: %(said)s", witness=witness.siglum, base=base.siglum, said=said)
    if relation is None:
        return tr.gettext("%(first)s and %(second)s share words.", first=base.siglum, second=witness.siglum)
    one, two = (base, witness) if urls.text(relation.a) == base.text else (witness, base)
    return shares(relation, relation.a, tr, one.siglum, two.siglum)


def _side(scope: WorkSlice, view: WorkView, id_: str, fallback: str) -> Side:
    head = scope.heads[id_]
    return Side(
        siglum=view.sigla.get(id_, fallback),
        small=view.lower(id_),
        name=head.whose,
        date=head.written,
        text=head.path,
        lang=head.lang,
        dir=head.dir,
        title=head.title,
        sha256=scope.texts[id_].accession.sha256,
    )


def _partial(relation: Relation | None) -> bool:
    """Whether the two share only a part, so that the rest of either text is beside the point."""
    return relation is not None and relation.kind in (Kind.CONTAINS, Kind.EXCERPT)


def _lines(shared: SharedRows, tr: Translation, *, partial: bool, long: bool) -> tuple[tuple[Line, ...], str]:
    lines: list[Line] = []
    waiting: list[Row] = []
    edge = shared.before
    outside: list[Row] = []
    found = shared.rows
    step = 0
    for place, row in enumerate(found):
        if partial and (row.lacking or row.added) and not (row.moved or row.elsewhere):
            lines += _alike(waiting, tr, hidden=long)
            outside.append(row)
            waiting = []
            continue
        lines += _beyond(edge, outside, tr)
        edge, outside = NOTHING, []
        if row.changed:
            lines += _alike(waiting, tr, hidden=long)
            waiting = []
            if step == MAX_CHANGES and long:
                left = sum(one.changed for one in found[place:])
                said = tr.figures(
                    left,
                    "%(num)s more paragraph with changes not shown on this page.",
                    "%(num)s more paragraphs with changes not shown on this page.",
                )
                lines.append(Line(None, note=said, anchors=_anchors(found[place:])))
                return (*lines, *_beyond(shared.after, (), tr)), said
            step += 1
            lines.append(Line(shown(row, long=long), step))
        else:
            waiting.append(row)
    lines += _alike(waiting, tr, hidden=long)
    if outside and edge != NOTHING:  # no row of the part has a word that both have
        lines += _beyond(edge, (), tr)
    lines += _beyond(shared.after, outside, tr)
    cut = tr.gettext("These texts are long: only what differs is shown, with some words around it.") if long else ""
    return tuple(lines), cut


def _alike(run: Sequence[Row], tr: Translation, *, hidden: bool) -> Iterator[Line]:
    """Rows without changed words, and the notes that stand for them where only changes are shown."""
    if not run:
        return
    if hidden:
        yield Line(
            None, note=tr.gettext("%(paragraphs)s: the same words", paragraphs=_numbers(run)), anchors=_anchors(run)
        )
        return
    for row in run:
        yield Line(shown(row, long=False))
    yield Line(None, note=tr.gettext("%(paragraphs)s: the same words", paragraphs=_numbers(run)), words=True)
    exactly = message("%(paragraphs)s: the same, character for character")
    for equal in _runs_of_equals(run):
        yield Line(None, note=tr.gettext(exactly, paragraphs=_numbers(equal)), characters=True)


def _runs_of_equals(run: Sequence[Row]) -> Iterator[Sequence[Row]]:
    start = None
    for place, row in enumerate([*run, None]):
        if row is not None and not row.light:
            start = place if start is None else start
        elif start is not None:
            yield run[start:place]
            start = None


def _beyond(edge: Outside, run: Sequence[Row], tr: Translation) -> Iterator[Line]:
    """Paragraphs outside the words two texts share, as one note for each side: beyond the part, and rows of it."""
    ours = [row for row in run if row.lacking]
    theirs = [row for row in run if row.added and not row.lacking]  # a row without a word is both
    if ours or edge.ours:
        numbers = [*edge.ours[:1], *edge.ours[-1:], *(row.number for row in ours if row.number)]
        absent = message("%(paragraphs)s: not in the other text, not shown here")
        beside = message("%(paragraphs)s: outside the shared part, not shown here")
        said = tr.gettext(absent if edge.ours_absent else beside, paragraphs=_span(numbers))
        yield Line(None, note=said, anchors=_beyond_anchors("q", edge.ours, ours))
    if theirs or edge.theirs:
        count = len(theirs) + len(edge.theirs)
        said = capital(
            tr.count(
                count,
                "%(num)s paragraph only in the other text, not shown here",
                "%(num)s paragraphs only in the other text, not shown here",
            )
            if edge.theirs_absent
            else tr.count(
                count,
                "%(num)s paragraph of the other text outside the shared part, not shown here",
                "%(num)s paragraphs of the other text outside the shared part, not shown here",
            )
        )
        yield Line(None, note=said, anchors=_beyond_anchors("r", edge.theirs, theirs))


def _beyond_anchors(letter: str, edge: range, run: Sequence[Row]) -> tuple[str, ...]:
    return (*(f"{letter}{number}" for number in edge[:MAX_ANCHORED]), *_anchors(run))


def _anchors(run: Sequence[Row]) -> tuple[str, ...]:
    return tuple(
        anchor
        for row in run
        for anchor in ((f"q{row.number}",) if row.number else ()) + tuple(f"r{other}" for other in row.others)
    )


def _numbers(run: Sequence[Row]) -> str:
    return _span([row.number for row in run if row.number is not None])


def _span(numbers: Sequence[int]) -> str:
    if not numbers:
        return "¶"
    first, last = min(numbers), max(numbers)
    return f"¶ {first}" if first == last else f"¶ {first}–{last}"
