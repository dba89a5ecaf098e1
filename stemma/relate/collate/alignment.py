"""Word alignment of two texts: the backbone of a collation.

First the certain runs: five words that occur once in either text, in the longest chain that keeps the order (the
patience method of Bram Cohen's diff). Then the gaps by longest common subsequence (rapidfuzz), each bounded in size; a
gap too large, or with too little in common to be read side by side, stays one difference. Time grows with the length of
the texts, not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rapidfuzz.distance import LCSseq

from stemma.text import CHARACTERS

_WIDE: Final = 0x2E80
"""Code points from which characters of scripts without spaces are Chinese or Japanese, half a word each."""
_MIN_UNSPACED: Final = 4
"""Characters of Thai, Lao, Khmer, Burmese and others, about a word, that agree between changes not by chance."""
_MAX_UNEQUAL: Final = 8
"""How many times longer one side of a gap may be than the other for words here and there in it to be the same ones."""

Block = tuple[int, int, int]
"""First word in a, first word in b, how many words are the same."""

WordRange = tuple[int, int]
"""A run of words: the first, and the one after the last."""

_UNIQUE_NGRAM: Final = 5
"""Words of a run that occurs once on either side and so is certain."""
_MAX_DIRECT: Final = 40
"""Words of a difference up to which it is aligned at once."""
_MAX_GAP_PRODUCT: Final = 4_000_000
"""Words of one side times words of the other, up to which a gap is aligned: bounds the work of one gap."""
_MIN_SIMILARITY: Final = 0.3
"""Part of the shorter side that must be the same for a gap to be read word by word."""


def matching_blocks(a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """The words that are the same, as blocks in the order of both texts, none of them empty."""
    head = _common_prefix(a, b, len(a), len(b))
    rest = min(len(a), len(b)) - head
    tail = _common_prefix(a[head:][::-1], b[head:][::-1], rest, rest)
    blocks = [(0, 0, head)]
    blocks += _between_ends(a, b, (head, len(a) - tail), (head, len(b) - tail))
    blocks.append((len(a) - tail, len(b) - tail, tail))
    return list(_joined(blocks))


def _common_prefix(a: Sequence[str], b: Sequence[str], a_size: int, b_size: int) -> int:
    """How many words at the start are the same; by halving, so that the comparing is done in C."""
    low, high = 0, min(a_size, b_size)
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _between_ends(a: Sequence[str], b: Sequence[str], ours: WordRange, theirs: WordRange) -> list[Block]:
    """The blocks between two ranges that begin and end differently."""
    if ours[0] == ours[1] or theirs[0] == theirs[1]:
        return []
    if max(ours[1] - ours[0], theirs[1] - theirs[0]) <= _MAX_DIRECT:
        return _align_gap(a, b, ours, theirs)
    blocks = []
    i, j = ours[0], theirs[0]
    for place in _unique_chain(a, b, ours, theirs):
        if place[0] < i or place[1] < j:
            continue
        x, y, size = _extended(a, b, place, (i, ours[1]), (j, theirs[1]))
        blocks += _align_gap(a, b, (i, x), (j, y))
        blocks.append((x, y, size))
        i, j = x + size, y + size
    return blocks + _align_gap(a, b, (i, ours[1]), (j, theirs[1]))


def _extended(a: Sequence[str], b: Sequence[str], place: tuple[int, int], ours: WordRange, theirs: WordRange) -> Block:
    """Five certain words, and all that agree before and after them."""
    x, y = place
    end, far = x + _UNIQUE_NGRAM, y + _UNIQUE_NGRAM
    while x > ours[0] and y > theirs[0] and a[x - 1] == b[y - 1]:
        x, y = x - 1, y - 1
    while end < ours[1] and far < theirs[1] and a[end] == b[far]:
        end, far = end + 1, far + 1
    return x, y, end - x


def _unique_chain(a: Sequence[str], b: Sequence[str], ours: WordRange, theirs: WordRange) -> list[tuple[int, int]]:
    """Places of five words that stand once on either side: the longest chain in the order of both."""
    places = _unique_ngrams(b, *theirs)
    pairs = [
        (place, places[gram]) for gram, place in _unique_ngrams(a, *ours).items() if place >= 0 <= places.get(gram, -1)
    ]
    pairs.sort()
    order = [place for _, place in pairs]
    return pairs if order == sorted(order) else _longest_chain(pairs)


def _unique_ngrams(words: Sequence[str], low: int, high: int) -> dict[tuple[str, ...], int]:
    """Each run of five words and its place, -1 if it stands more than once."""
    places: dict[tuple[str, ...], int] = {}
    runs = zip(*(words[low + offset : high] for offset in range(_UNIQUE_NGRAM)), strict=False)
    for place, gram in enumerate(runs, low):
        places[gram] = -1 if gram in places else place
    return places


def _longest_chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain that rises on both sides (patience sorting); pairs come sorted by the first place."""
    tops: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before[number] = ends[pile - 1] if pile else -1
        if pile == len(tops):
            tops.append(place)
            ends.append(number)
        else:
            tops[pile], ends[pile] = place, number
    chain = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _align_gap(a: Sequence[str], b: Sequence[str], ours: WordRange, theirs: WordRange) -> list[Block]:
    """A gap by longest common subsequence; nothing where it is too large or most of it differs."""
    words, others = list(a[slice(*ours)]), list(b[slice(*theirs)])
    if not words or not others or len(words) * len(others) > _MAX_GAP_PRODUCT:
        return []
    found = LCSseq.editops(words, others).as_matching_blocks()
    blocks = [(ours[0] + block.a, theirs[0] + block.b, block.size) for block in found if block.size]
    same = sum(size for _, _, size in blocks)
    short, long = sorted((len(words), len(others)))
    by_chance = long > 8 and same < _MIN_SIMILARITY * short
    if by_chance or (long > _MAX_UNEQUAL * short and len(blocks) > 1):
        return [block for block in blocks if block[2] >= _UNIQUE_NGRAM]
    return list(_drop_islands(a, blocks, ours, theirs))


def _drop_islands(a: Sequence[str], blocks: Sequence[Block], ours: WordRange, theirs: WordRange) -> Iterator[Block]:
    """Drop one or two words that agree by chance between longer changes: the changes read better as one."""
    i, j = ours[0], theirs[0]
    for number, (x, y, size) in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else (ours[1], theirs[1], 0)
        sides = ((x - i, y - j), (following[0] - x - size, following[1] - y - size))
        if not (_part_of_word(a[x], size, sides) or _island(size, *map(min, sides))):
            yield x, y, size
            i, j = x + size, y + size


def _island(size: int, before: int, after: int) -> bool:
    return size <= 2 and min(before, after) >= 2 * size and before + after >= 6 * size


def _part_of_word(word: str, size: int, sides: Iterable[WordRange]) -> bool:
    """Whether a block is a few characters that two words in a script without spaces have in common by chance."""
    unspaced = ord(word[0]) < _WIDE and CHARACTERS.alone(ord(word[0]))
    return unspaced and size < _MIN_UNSPACED and sum(map(max, sides)) >= 2 * size + 2


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks that touch on both sides as one; none empty."""
    x, y, size = 0, 0, 0
    for i, j, more in blocks:
        if not more:
            continue
        if size and i == x + size and j == y + size:
            size += more
        else:
            if size:
                yield x, y, size
            x, y, size = i, j, more
    if size:
        yield x, y, size
