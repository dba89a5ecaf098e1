"""The line model: features and words of a page's lines -> the probability of each line to be each state of a page.

A table of word vectors and a stack of dilated convolutions over lines (Yu and Koltun 2016), small enough for numpy.
The weights are data, made by training/train.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Final

import numpy as np

from stemma.clean.labels.features import BAG, Floats, Rows

STATES: Final = ("head", "body", "inset", "tail", "comment")
"""The states of a page, in the order of the columns of the model's output."""

CHUNK: Final = 16
"""Rows multiplied at a time: few enough that no library uses several threads, which would change the sums."""

LOOKS: Final = (2, 5)
"""The layers after which each line is given a summary of the whole page."""

LIMIT: Final = 6.0
"""Standard deviations from the mean at which features are clipped."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The learned numbers. ``convolutions``: one (kernel, bias, dilation) a layer; kernels are (3 × in, out).

    ``gates`` and ``scans``: after the layers of :data:`LOOKS`, the summary of the lines above and below each line.
    """

    mean: Floats
    scale: Floats
    vectors: Floats
    entry: tuple[Floats, Floats]
    convolutions: tuple[tuple[Floats, Floats, int], ...]
    gates: tuple[tuple[Floats, Floats], ...]
    scans: tuple[tuple[Floats, Floats], ...]
    exit: tuple[Floats, Floats]


def read_weights(stream: IO[bytes]) -> Weights:
    """Weights as training/labels.py stores them."""
    with np.load(stream) as stored:
        read = {name: stored[name].astype(np.float32) for name in stored.files}
    layers = sum(1 for name in read if name.startswith("kernel_"))
    return Weights(
        mean=read["mean"],
        scale=read["scale"],
        vectors=read["vectors"],
        entry=(read["entry"], read["entry_bias"]),
        convolutions=tuple((np.concatenate(read[f"kernel_{n}"]), read[f"bias_{n}"], 1 << n) for n in range(layers)),
        gates=tuple((read[f"gate_{n}"], read[f"gate_bias_{n}"]) for n in range(len(LOOKS))),
        scans=tuple((read[f"scan_{n}"], read[f"scan_bias_{n}"]) for n in range(len(LOOKS))),
        exit=(read["exit"], read["exit_bias"]),
    )


def posteriors(numbers: Floats, words: Rows, learned: Weights) -> Floats:
    """The probability of each line (row) to be each of :data:`STATES` (column); rows sum to 1, and are rounded.

    ``numbers`` and ``words`` are what :func:`stemma.clean.labels.features.describe_lines` gives for one page.
    """
    count = len(numbers)
    if not count:
        return np.zeros((0, len(STATES)), dtype=np.float32)
    page = _Rows(count, learned.entry[0].shape[1], max(dilation for _, _, dilation in learned.convolutions))
    page.add(_times(_entry(numbers, words, learned), *learned.entry))
    beside = np.empty((page.padded, 3 * page.width), dtype=np.float32)
    for number, (kernel, bias, dilation) in enumerate(learned.convolutions):
        for at, shift in enumerate((-dilation, 0, dilation)):
            beside[:, at * page.width : (at + 1) * page.width] = page.shifted(shift)
        page.add(_product(beside, kernel, bias))
        if number in LOOKS:
            look = LOOKS.index(number)
            page.add(_times(_around(page, learned.gates[look]), *learned.scans[look]))
    scores = _product(page.shifted(0), *learned.exit)[:count]
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    rounded: Floats = np.round(scores / scores.sum(axis=1, keepdims=True), 4)
    return rounded


class _Rows:
    """What is known of each line of a page, with nothing above and below: one piece of memory for all layers.

    ``padded`` is the number of lines, rounded up to a multiple of :data:`CHUNK`.
    """

    def __init__(self, count: int, width: int, margin: int) -> None:
        self.count, self.width, self.margin = count, width, margin
        self.padded = -(-count // CHUNK) * CHUNK
        self._whole = np.zeros((self.padded + 2 * margin, width), dtype=np.float32)
        self.hidden: Floats = self._whole[margin : margin + count]

    def shifted(self, shift: int) -> Floats:
        """The padded lines, each replaced by the one ``shift`` after it."""
        return self._whole[self.margin + shift : self.margin + shift + self.padded]

    def add(self, found: Floats) -> None:
        """Add what is positive of a layer's answer, whose memory is used up."""
        self.hidden += np.maximum(found[: self.count], 0, out=found[: self.count])


def _entry(numbers: Floats, words: Rows, learned: Weights) -> Floats:
    """The numbers, scaled, beside the mean vector of a line's words and the vectors of its marked places."""
    count, measures = numbers.shape
    width = learned.vectors.shape[1]
    entry = np.empty((count, measures + width * (1 + words.shape[1] - BAG)), dtype=np.float32)
    np.clip((numbers - learned.mean) / learned.scale, -LIMIT, LIMIT, out=entry[:, :measures])
    bag = words[:, :BAG].T
    known = np.maximum((bag > 0).sum(axis=0), 1).astype(np.float32)
    # One word of every line at a time: so the sums run along long rows, in the order of the words.
    sums = np.take(learned.vectors, bag, axis=0).reshape(BAG, -1).sum(axis=0).reshape(count, width)
    np.divide(sums, known[:, np.newaxis], out=entry[:, measures : measures + width])
    entry[:, measures + width :] = np.take(learned.vectors, words[:, BAG:], axis=0).reshape(count, -1)
    return entry


def _around(page: _Rows, gate: tuple[Floats, Floats]) -> Floats:
    """For each row the sum of each of the gate's signals over the rows above it, and over those below."""
    signals = np.maximum(_product(page.shifted(0), *gate)[: page.count], 0)
    above = np.cumsum(signals, axis=0)
    around: Floats = np.log1p(np.concatenate([above - signals, np.maximum(above[-1:] - above, 0)], axis=1))
    return around


def _times(rows: Floats, matrix: Floats, bias: Floats) -> Floats:
    """Rows times a matrix, plus a bias."""
    count, width = rows.shape
    padded = np.empty((-(-count // CHUNK) * CHUNK, width), dtype=np.float32)
    padded[:count] = rows
    padded[count:] = 0
    return _product(padded, matrix, bias)[:count]


def _product(padded: Floats, matrix: Floats, bias: Floats) -> Floats:
    """Rows times a matrix, plus a bias, :data:`CHUNK` rows at a time."""
    product: Floats = np.matmul(padded.reshape(-1, CHUNK, padded.shape[1]), matrix).reshape(len(padded), -1)
    product += bias
    return product
