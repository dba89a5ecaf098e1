"""Where differences begin and end: blocks of equal words, moved to the bounds at which a reader sees them.

Words left out or added can often be read in two places (of "The mole is lost. The slip" either sentence's "The" may be
the one that stays). They are moved to where they begin a paragraph, else a sentence. A number is never cut, nor is what
an apostrophe ties to a word (don't, the mayor's): where a part differs, all of it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stemma.relate.collate.alignment import Block
from stemma.relate.collate.tokenized import PARAGRAPH_BREAK, Tokens

_MAX_SHIFT: Final = 40
"""Words that words left out or added are moved over, at most."""
_IN_NUMBER: Final = re.compile("[.,:/'’·٫٬]")
_APOSTROPHES: Final = "'’ʼ"
_MAX_HANGING: Final = 2
"""Letters after an apostrophe that hang on the word before it: ’t, ’s, ’ll."""
_SENTENCE_END: Final = re.compile("[.!?…。！？؟।։።]")


def at_bounds(base: Tokens, witness: Tokens, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, moved; none empty."""
    return list(_moved(base, witness, [block for one in blocks for block in _without_parts(base, witness, one)]))


def _without_parts(base: Tokens, witness: Tokens, block: Block) -> Iterator[Block]:
    """A block without words at its ends that are parts of numbers which go on outside it."""
    x, y, size = block
    while size and (_joined(base, x) or _joined(witness, y)):
        x, y, size = x + 1, y + 1, size - 1
    while size and (_joined(base, x + size) or _joined(witness, y + size)):
        size -= 1
    if size:
        yield x, y, size


def _joined(text: Tokens, word: int) -> bool:
    """Whether a word and the one before it are parts of one number, or the second hangs on the first."""
    place = 2 * word
    if not 0 < place < len(text.parts) - 1 or len(text.parts[place]) != 1:
        return False
    before, between, after = text.parts[place - 1 : place + 2]
    if _IN_NUMBER.fullmatch(between) and before[-1:].isdecimal() and after[:1].isdecimal():
        return True
    return between in _APOSTROPHES and len(after) <= _MAX_HANGING and before.isalpha() and after.isalpha()


def _moved(base: Tokens, witness: Tokens, blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks between which words of one side alone lie, their common bound moved."""
    kept = list(blocks)
    ends = (len(base.folded), len(witness.folded), 0)
    for place in range(1, len(kept) + 1):
        before, after = kept[place - 1], kept[place] if place < len(blocks) else ends
        shift = _shift(base, witness, before, after)
        kept[place - 1] = (before[0], before[1], before[2] + shift)
        if place < len(blocks):
            kept[place] = (after[0] + shift, after[1] + shift, after[2] - shift)
        elif shift:
            kept.append((ends[0] + shift, ends[1] + shift, -shift))
    return (block for block in kept if block[2])


def _shift(base: Tokens, witness: Tokens, before: Block, after: Block) -> int:
    """How many words the bound between two blocks moves (back where negative)."""
    ours = (before[0] + before[2], after[0])
    theirs = (before[1] + before[2], after[1])
    if ours[0] == ours[1] and theirs[0] < theirs[1]:
        text, (low, high) = witness, theirs
    elif theirs[0] == theirs[1] and ours[0] < ours[1]:
        text, (low, high) = base, ours
    else:
        return 0
    parts = text.parts
    back = ahead = 0
    most = before[2] - (before[:2] != (0, 0))  # none of the two blocks is used up, but at an end of both texts
    while back < min(most, _MAX_SHIFT) and parts[2 * (low - back) - 1] == parts[2 * (high - back) - 1]:
        back += 1
    most = after[2] - ((after[0] + after[2], after[1] + after[2]) != (len(base.folded), len(witness.folded)))
    while ahead < min(most, _MAX_SHIFT) and parts[2 * (low + ahead) + 1] == parts[2 * (high + ahead) + 1]:
        ahead += 1
    shifts = sorted(range(-back, ahead + 1), key=lambda by: (abs(by), by))
    return max(shifts, key=lambda by: _begins(text, low + by))


def _begins(text: Tokens, word: int) -> int:
    """2 where a word begins a paragraph, 1 where it begins a sentence."""
    between = text.parts[2 * word]
    if not word or PARAGRAPH_BREAK in between or 2 * word == len(text.parts) - 1:
        return 2
    return int(_SENTENCE_END.search(between) is not None)
