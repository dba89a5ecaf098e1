"""What a built site measures, held against what free hosts take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stemma.files import files_below

MEGABYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Host:
    """The published limits of a host: files, bytes in all, bytes of one file; 0 where it states none."""

    name: str
    files: int = 0
    size: int = 0
    largest: int = 0


HOSTS: Final = (
    Host("Cloudflare Pages (free plan)", files=20_000, largest=25 * MEGABYTE),
    Host("GitHub Pages", size=1024 * MEGABYTE),
)
"""As their documentation stated them in 2026. docs/publish.md gives the sources."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a site is: its files, their bytes, and the largest of them."""

    files: int
    size: int
    largest: int
    largest_path: str


def measure(site: Path) -> Size:
    """The size of a site as it lies on the disk. Raises OSError."""
    found = [(entry.stat().st_size, path) for path, entry in files_below(site)]
    largest, path = max(found, default=(0, ""))
    return Size(len(found), sum(size for size, _ in found), largest, path)


def described(size: Size) -> Iterator[str]:
    """A line that says how large the site is, and one for each host that does not take it."""
    largest = f"the largest is {size.largest_path}, {_megabytes(size.largest)}"
    yield f"{size.files:,} files, {_megabytes(size.size)}; {largest}"
    for host in HOSTS:
        if host.files and size.files > host.files:
            yield f"{host.name} takes {host.files:,} files at most; this site has {size.files:,}"
        if host.size and size.size > host.size:
            yield f"{host.name} takes {_megabytes(host.size)} at most; this site has {_megabytes(size.size)}"
        if host.largest and size.largest > host.largest:
            yield f"{host.name} takes no file over {_megabytes(host.largest)}: {size.largest_path} is larger"


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.1f} MB"
