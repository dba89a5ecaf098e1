"""Hashes of stretches of an array: polynomials modulo 2^64, all of them at once.

As in the fingerprints of Rabin and Karp: the hash of a stretch is a difference of two running sums, shifted back to
the start of the text, so that equal stretches have equal hashes wherever they lie. The low bits
are weak: mix the result before using them.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

_BASE: Final = 0x9E3779B97F4A7C15
_INVERSE: Final = pow(_BASE, -1, 1 << 64)
_SMALLEST_TABLE: Final = 1 << 12
_LARGEST_TABLE: Final = 1 << 20
"""Places for which a table of powers is kept, one for each power of two; a longer array computes its own."""


def stretch_hashes(values: npt.NDArray[Any], starts: Places, ends: Places) -> Hashes:
    """The hash of each stretch ``values[start:end]``. ``values``: unsigned integers of up to 64 bits."""
    count = max(_SMALLEST_TABLE, 1 << len(values).bit_length())
    powers, inverses = _powers(count) if count <= _LARGEST_TABLE else _powers.__wrapped__(count)
    sums = np.zeros(len(values) + 1, dtype=np.uint64)
    np.cumsum(values * powers[: len(values)], out=sums[1:])
    hashes: Hashes = (sums[ends] - sums[starts]) * inverses[starts]
    return hashes


@cache
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse, from the power 0 on."""
    bases, inverses = np.full(count, _BASE, dtype=np.uint64), np.full(count, _INVERSE, dtype=np.uint64)
    bases[0] = inverses[0] = 1
    return np.cumprod(bases, dtype=np.uint64), np.cumprod(inverses, dtype=np.uint64)
