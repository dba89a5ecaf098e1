"""What earlier builds computed, kept under the digest of everything it was computed from: the one incremental place.

Records lie in shards, files that are written whole and checked by a digest when they are read; files of the site lie
under their SHA-256 and are linked into it. What a build did not use is gone when it ends, so the cache holds one
archive and nothing that was withdrawn. A cache that cannot be read or written costs time, never a byte of the result.
"""

# ruff: noqa: PTH103, PTH105, PTH108, PTH120, PTH123 - names of files are strings here

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Generic, TypeVar

import msgspec
import xxhash

from stemma.files import UNFINISHED
from stemma.packaged import part_digest

Out = TypeVar("Out")
Key = bytes

MAGIC: Final = b"stemma-cache-1\n"
"""How a shard begins; a new form of shards has a new number."""

SHARDS: Final = 16
"""Files a stage's records lie in: with one new text, a sixteenth of them is written again."""

PART: Final = 8192
"""Records of a stage that are held in memory at once: about 30 KB each while pages are cleaned."""

_DIGEST_BYTES: Final = 16


def in_parts(names: Sequence[bytes]) -> Iterator[tuple[str, list[int]]]:
    """Places of values in parts of at most about :data:`PART`, by a hash of their names, each with a suffix of a stage.

    What is held of a stage at once is one part; a value that is added changes no other's part, unless their number
    passes a power of two: then all are computed once more.
    """
    number = 1 << max(0, len(names) - 1).bit_length() >> PART.bit_length() - 1 or 1
    found: dict[int, list[int]] = {}
    for place, name in enumerate(names):
        found.setdefault(xxhash.xxh3_64_intdigest(name) % number, []).append(place)
    for part, places in sorted(found.items()):
        yield (f".{part:x}" if number > 1 else ""), places


def digest(*parts: object) -> Key:
    """The digest of some values: records, texts, numbers, bytes, and tuples, lists and mappings of these; no sets."""
    return hashlib.blake2b(msgspec.msgpack.encode(parts), digest_size=_DIGEST_BYTES).digest()


@dataclass(frozen=True, slots=True)
class Objects:
    """Files of the site by their SHA-256. Without a folder, files are written where they belong and not kept.

    Names of files are strings here: there are tens of thousands, and a Path takes longer to make than a link.
    """

    folder: Path | None

    def put(self, data: bytes, target: str) -> str:
        """Write ``data`` at ``target``, which is new, and keep it; gives its SHA-256. Raises OSError."""
        name = hashlib.sha256(data).hexdigest()
        kept = self._path(name)
        if kept is not None:
            with suppress(OSError):
                shard = os.path.dirname(kept)
                os.makedirs(shard, exist_ok=True)
                unfinished = f"{shard}/.{name}-{os.getpid()}{UNFINISHED}"
                write_new(unfinished, data)
                os.replace(unfinished, kept)
                with suppress(FileNotFoundError):
                    os.unlink(target)
                os.link(kept, target)
                return name
        write_new(target, data)
        return name

    def take(self, name: str, target: str) -> bool:
        """Put the file kept as ``name`` at ``target``, which is new; False where it is not kept, or damaged."""
        kept = self._path(name)
        if kept is None:
            return False
        try:
            with open(kept, "rb") as stream:
                data = stream.read()
            if hashlib.sha256(data).hexdigest() != name:
                return False
            try:
                os.link(kept, target)
            except FileExistsError:
                raise
            except OSError:  # another device, no links there, or too many
                write_new(target, data)
        except FileNotFoundError:
            return False
        return True

    def sweep(self, used: Iterable[str]) -> None:
        """Remove every file but those ``used``."""
        if self.folder is not None and self.folder.is_dir():
            kept = set(used)
            for shard in os.scandir(self.folder):
                for entry in os.scandir(shard.path):
                    if entry.name not in kept:
                        os.unlink(entry.path)

    def _path(self, name: str) -> str | None:
        return None if self.folder is None else f"{self.folder}/{name[:2]}/{name}"


class Recalled(Generic[Out]):
    """Values by place, as far as earlier builds computed them, and the places of those that are missing."""

    def __init__(
        self,
        kind: type[Out],
        keys: Sequence[Key | None],
        known: Mapping[Key, bytes | memoryview],
        write: Callable[[Mapping[Key, bytes | memoryview]], None],
    ) -> None:
        """Take the records that are known by their keys, and what writes those that are to be kept."""
        decode = msgspec.msgpack.Decoder(kind).decode
        self.found: Final[dict[int, Out]] = {}
        self._keys, self._write = keys, write
        self._kept: dict[Key, bytes | memoryview] = {}
        for place, key in enumerate(keys):
            if key is not None and key in known:
                with suppress(msgspec.DecodeError):
                    self.found[place] = decode(known[key])
                    self._kept[key] = known[key]
        self.missing: Final = [place for place in range(len(keys)) if place not in self.found]

    def complete(self, values: Iterable[Out], keep: Callable[[Out], bool] = lambda _: True) -> list[Out]:
        """All values in order, from those of the missing places; what ``keep`` does not refuse is kept."""
        for place, value in zip(self.missing, values, strict=True):
            self.found[place] = value
            key = self._keys[place]
            if key is not None and keep(value):
                with suppress(UnicodeEncodeError):
                    self._kept[key] = msgspec.msgpack.encode(value)
        self._write(self._kept)
        return [self.found[place] for place in range(len(self._keys))]


class Memo:
    """Byte strings by key, of earlier builds and of this one."""

    def __init__(self, key: Callable[..., Key | None], known: Mapping[Key, bytes | memoryview]) -> None:
        """Take what gives keys, and what earlier builds made."""
        self.key: Final = key
        self.kept: Final[dict[Key, bytes | memoryview]] = {}
        self._known = known

    def get(self, key: Key | None, compute: Callable[[], bytes]) -> bytes:
        """What is kept under ``key``, or computed, which then is kept."""
        if key is None:
            return compute()
        data = self._known[key] if key in self._known else compute()
        self.kept[key] = data
        return bytes(data)


class Cache:
    """The records and files of one archive's earlier builds. Without a folder, nothing is kept and all is computed."""

    def __init__(self, folder: Path | None, say: Callable[[str], object] = lambda _: None) -> None:
        """Take the folder, which need not exist, and where to say that something in it cannot be used."""
        self._folder = folder
        self._records = None if folder is None else folder / "records"
        self._say = say
        self._stages: set[str] = set()
        self._used: set[str] = set()
        self._digests: dict[int, tuple[object, Key]] = {}
        self._told = False
        self.objects = Objects(None if folder is None else folder / "objects")

    @property
    def folder(self) -> Path | None:
        """The folder of the cache, for a process that keeps records of a stage of its own."""
        return self._folder

    @property
    def keeps(self) -> bool:
        """Whether anything is kept."""
        return self._records is not None

    def key(self, module: str, *parts: object, shared: Sequence[object] = ()) -> Key | None:
        """The key of what a module of the program computes from ``parts``; None for what cannot be kept.

        ``shared`` are more of these: large frozen records that several keys are made of.
        """
        if self._records is None:
            return None
        try:
            return digest(part_digest(module), *parts, *map(self._digest, shared))
        except UnicodeEncodeError:  # half of a surrogate pair
            return None

    def remember(
        self,
        stage: str,
        kind: type[Out],
        keys: Sequence[Key | None],
        compute: Callable[[list[int]], Iterable[Out]],
        keep: Callable[[Out], bool] = lambda _: True,
    ) -> list[Out]:
        """A value for each key: from an earlier build, or computed.

        ``compute`` is given the places of those that are missing and gives their values in that order; it is a pure
        function of what the key was made from. What has no key, or ``keep`` refuses, is computed every time. A stage is
        remembered once a build.
        """
        recalled = self.recall(stage, kind, keys)
        return recalled.complete(compute(recalled.missing), keep)

    def recall(self, stage: str, kind: type[Out], keys: Sequence[Key | None]) -> Recalled[Out]:
        """What earlier builds computed of a stage, for a caller that does something else before asking for the rest."""
        known = self._read(stage) if any(keys) else {}
        return Recalled(kind, keys, known, partial(self._write, stage, known))

    @contextmanager
    def memo(self, stage: str, module: str) -> Iterator[Memo]:
        """What a module makes in a stage, where keys become known one by one. A stage is remembered once a build."""
        known = self._read(stage) if self.keeps else {}
        memo = Memo(partial(self.key, module), known)
        yield memo
        self._write(stage, known, memo.kept)

    def write_note(self, name: str, value: object) -> None:
        """Write one record of the cache as a whole, beside the stages."""
        if self._folder is not None:
            path = self._folder / name
            try:
                unfinished = path.with_name(f".{name}{UNFINISHED}")
                unfinished.write_bytes(_sealed(msgspec.msgpack.encode(value)))
                unfinished.replace(path)
            except OSError as error:
                self._complain(f"cannot be written: {error.strerror}")

    def read_note(self, name: str, kind: type[Out]) -> Out | None:
        """The record written as ``name``, None where there is none or it is damaged."""
        if self._folder is not None:
            with suppress(OSError, ValueError, msgspec.DecodeError):
                return msgspec.msgpack.decode(_unsealed((self._folder / name).read_bytes()), type=kind)
        return None

    def claim(self, stage: str) -> None:
        """Say that a stage is remembered by another process of this build, or was and is needed no more than kept."""
        self._stages.add(stage)

    def use(self, names: Iterable[str]) -> None:
        """Say which kept files this build has used."""
        self._used.update(names)

    def sweep(self) -> None:
        """Remove what this build did not use."""
        if self._records is None:
            return
        try:
            for path in sorted(self._records.glob("*")) if self._records.is_dir() else ():
                if path.name.rpartition("-")[0] not in self._stages:
                    path.unlink()
            self.objects.sweep(self._used)
        except OSError as error:
            self._complain(f"cannot be written: {error.strerror}")

    def _digest(self, record: object) -> Key:
        """The digest of a record, worked out once for each: it is held, so that no other has its identity."""
        known = self._digests.get(id(record))
        if known is None:
            known = self._digests[id(record)] = (record, digest(record))
        return known[1]

    def _read(self, stage: str) -> dict[Key, bytes | memoryview]:
        found: dict[Key, bytes | memoryview] = {}
        for shard in range(SHARDS):
            path = self._shard(stage, shard)
            try:
                found.update(_unpacked(path.read_bytes()))
            except FileNotFoundError:
                continue
            except OSError as error:
                self._complain(f"cannot be read: {error.strerror}")
            except (ValueError, msgspec.DecodeError):
                self._complain(f"{path.name} is damaged or of another program")
        return found

    def _write(self, stage: str, known: Mapping[Key, object], kept: Mapping[Key, bytes | memoryview]) -> None:
        if self._records is None:
            return
        self._stages.add(stage)
        before, after = _by_shard(known), _by_shard(kept)
        try:
            self._records.mkdir(parents=True, exist_ok=True)
            for shard in range(SHARDS):
                if before.get(shard, ()) != after.get(shard, ()):
                    path = self._shard(stage, shard)
                    unfinished = path.with_name(f".{path.name}{UNFINISHED}")
                    unfinished.write_bytes(_packed({key: kept[key] for key in sorted(after.get(shard, ()))}))
                    unfinished.replace(path)
        except OSError as error:
            self._complain(f"cannot be written: {error.strerror}")

    def _shard(self, stage: str, shard: int) -> Path:
        return (self._records or Path()) / f"{stage}-{shard:02x}"

    def _complain(self, what: str) -> None:
        if not self._told:
            self._told = True
            self._say(f"The cache {what}. What is missing is computed again.")


def write_new(path: str, data: bytes) -> None:
    """Write a file whose name is a string. Raises OSError."""
    with open(path, "wb") as stream:
        stream.write(data)


def remove(folder: Path) -> None:
    """Remove a cache. Raises OSError."""
    if folder.is_dir():
        shutil.rmtree(folder)


def _by_shard(keys: Iterable[Key]) -> dict[int, set[Key]]:
    found: dict[int, set[Key]] = {}
    for key in keys:
        found.setdefault(key[0] % SHARDS, set()).add(key)
    return found


def _packed(records: Mapping[Key, bytes | memoryview]) -> bytes:
    return _sealed(msgspec.msgpack.encode(records))


def _unpacked(data: bytes) -> dict[Key, memoryview]:
    """The records of a shard. Raises ValueError or msgspec.DecodeError where it is none."""
    return msgspec.msgpack.decode(_unsealed(data), type=dict[bytes, memoryview])


def _sealed(data: bytes) -> bytes:
    return MAGIC + xxhash.xxh3_128_digest(data) + data


def _unsealed(data: bytes) -> memoryview:
    """What was sealed. Raises ValueError where it was changed since, or is of another form."""
    start = len(MAGIC) + _DIGEST_BYTES
    view = memoryview(data)[start:]
    if not data.startswith(MAGIC) or data[len(MAGIC) : start] != xxhash.xxh3_128_digest(view):
        raise ValueError("not a file of this cache")
    return view


NO_CACHE: Final = Cache(None)
"""Keeps nothing."""
