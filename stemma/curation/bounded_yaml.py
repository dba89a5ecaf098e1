"""What a front matter may hold, checked before anything is built of it.

YAML can say a thousand times more than it is long: an alias stands for a whole tree, a run of hyphens nests without
end. Both are refused from the parser's flat stream of events, so that no page costs more than its size.
"""

from __future__ import annotations

import re
from typing import Final

import yaml

LARGEST: Final = 256 * 1024
"""Characters of a front matter beyond which it is refused: fifty mirrors and every field need less than a tenth."""
DEEPEST: Final = 8
"""Levels of nesting beyond which a front matter is refused; the program's own have three."""


_SUSPECT: Final = re.compile(r"[&*]|^[ \t?:-]{12}|(?:[\[{][^\[{]*){8}", re.MULTILINE)
"""What every alias, and every nesting deeper than :data:`DEEPEST`, needs: a sign of an alias, a line that begins far to
the right (a block lies to the right of what holds it), or as many opening brackets. Nine pages in ten have none of it,
and are not read twice."""


class Unbounded(Exception):  # noqa: N818 - says what a front matter is
    """A front matter that is too large, too deep, or uses aliases: what it is, what to do, and its line, from 1."""

    def __init__(self, what: str, remedy: str, line: int) -> None:
        """Take what a Problem needs."""
        super().__init__(what)
        self.what, self.remedy, self.line = what, remedy, line


def check(text: str) -> None:
    """Pass over a front matter's events. Raises Unbounded, or yaml.YAMLError where it is no YAML. Linear in size."""
    if len(text) > LARGEST:
        raise Unbounded(f"front matter of {len(text):,} characters", f"At most {LARGEST:,} are read", 1)
    if not _SUSPECT.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unbounded("an alias or anchor (& or *) in the front matter", "Put the value in quotes", line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise Unbounded("front matter nested too deeply", "Lists and keys go three levels deep at most", line)
