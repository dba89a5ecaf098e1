"""What a build lays aside while it runs: long texts and what was read of them, in a file, read when they are needed.

A large archive is held as cards: claims, ids and paths in memory, raw text, labels and bodies in the file. The file has
no name, so it is gone when the build ends, however it does. Only this process reads it: a record that is sent to
another one is sent whole.
"""

from __future__ import annotations

import sys
import tempfile
from copy import copy
from dataclasses import fields, replace
from threading import Lock
from typing import Final
from weakref import finalize

import msgspec

from stemma.problems import BuildFailed
from stemma.records import Accession, Block, Paragraph, Problem, Severity, Witness

MAX_HELD: Final = 64_000_000
"""Characters of raw texts up to which an archive is held in memory: about 0.9 GB with all that is read of them. Of a
larger one texts and labels are laid aside."""
IN_MEMORY: Final = 64 * 1024 * 1024
"""Bytes that are held in memory before there is a file."""

Place = tuple[int, int]
"""Where a record begins in the file, and how many bytes it has."""


class Spool:
    """A file of this build alone, into which bytes are laid and from which they are read by their place."""

    def __init__(self) -> None:
        """Begin without a file: there is one when it is large enough."""
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - it lives as long as this
        self._lock = Lock()
        self._end = 0
        finalize(self, self._file.close)

    def put(self, data: bytes) -> Place:
        """Lay bytes aside. Raises BuildFailed where the disk is full."""
        with self._lock:
            place = (self._end, len(data))
            try:
                self._file.seek(self._end)
                self._file.write(data)
            except OSError as error:
                raise _failed("written", error) from error
            self._end += len(data)
            return place

    def get(self, place: Place) -> bytes:
        """The bytes at a place. Raises BuildFailed where they cannot be read."""
        with self._lock:
            try:
                self._file.seek(place[0])
                return self._file.read(place[1])
            except OSError as error:
                raise _failed("read", error) from error

    def accession(self, accession: Accession) -> Accession:
        """An accession whose text is laid aside."""
        return _Accession(accession, self)

    def witness(self, witness: Witness) -> Witness:
        """A witness whose body and labels are laid aside; as it is, where a body has half of a surrogate pair."""
        try:
            return _Witness(witness, self)
        except UnicodeEncodeError:
            return witness


class Holding:
    """Accessions as they are received: in memory, and once their texts are long, with these laid aside in ``spool``."""

    def __init__(self) -> None:
        """Begin with none."""
        self.accessions: list[Accession] = []
        self.spool: Spool | None = None
        self._characters = 0

    def add(self, accession: Accession) -> None:
        """Take one more."""
        self._characters += len(accession.text)
        if self.spool is None and self._characters > MAX_HELD:
            self.spool = Spool()
            self.accessions = [self.spool.accession(one) for one in self.accessions]
        self.accessions.append(self.spool.accession(accession) if self.spool else accession)


def whole(witness: Witness) -> Witness:
    """A witness with everything in memory, for one who reads it many times."""
    return witness.whole() if isinstance(witness, _Witness) else witness


def changed(accession: Accession, **values: object) -> Accession:
    """An accession with other values in some fields, but not another text."""
    if not isinstance(accession, _Accession):
        return replace(accession, **values)  # type: ignore[arg-type]
    other = copy(accession)
    for name, value in values.items():
        object.__setattr__(other, name, value)
    return other


def without_text(accession: Accession) -> Accession:
    """All that is known of a raw file, for one who does not need its text."""
    return Accession(text="", **{name: getattr(accession, name) for name in _BESIDE_TEXT})


class _Accession(Accession):
    __slots__ = ("_place", "_spool")
    _place: Place
    _spool: Spool

    def __init__(self, accession: Accession, spool: Spool) -> None:
        for name in _BESIDE_TEXT:
            object.__setattr__(self, name, getattr(accession, name))
        object.__setattr__(self, "_spool", spool)
        object.__setattr__(self, "_place", spool.put(accession.text.encode("utf-8", "surrogatepass")))

    @property
    def text(self) -> str:
        return self._spool.get(self._place).decode("utf-8", "surrogatepass")

    def whole(self) -> Accession:
        return Accession(text=self.text, **{name: getattr(self, name) for name in _BESIDE_TEXT})

    def __copy__(self) -> Accession:
        other = object.__new__(_Accession)
        for name in (*_BESIDE_TEXT, *_Accession.__slots__):
            object.__setattr__(other, name, getattr(self, name))
        return other

    def __reduce__(self) -> tuple[object, ...]:
        return Accession, tuple(getattr(self, field.name) for field in fields(Accession))


_BESIDE_TEXT: Final = tuple(field.name for field in fields(Accession) if field.name != "text")


class _Witness(Witness):
    def __init__(self, witness: Witness, spool: Spool) -> None:
        blocks, body = (msgspec.msgpack.encode(part) for part in (witness.blocks, witness.body))
        claims = tuple(replace(claim, rule=sys.intern(claim.rule)) for claim in witness.claims)
        self.__dict__ |= {"accession": witness.accession, "claims": claims, "body_corrected": witness.body_corrected}
        self.__dict__ |= {"_spool": spool, "_blocks": spool.put(blocks), "_body": spool.put(body)}

    @property
    def blocks(self) -> tuple[Block, ...]:
        return _BLOCKS.decode(self.__dict__["_spool"].get(self.__dict__["_blocks"]))

    @property
    def body(self) -> tuple[Paragraph, ...]:
        return _BODY.decode(self.__dict__["_spool"].get(self.__dict__["_body"]))

    @property
    def text(self) -> str:
        return "\n\n".join(paragraph.text for paragraph in self.body)

    def whole(self) -> Witness:
        accession = self.accession.whole() if isinstance(self.accession, _Accession) else self.accession
        return Witness(accession, self.blocks, self.body, self.claims, self.body_corrected)

    def __reduce__(self) -> tuple[object, ...]:
        return Witness, tuple(getattr(self.whole(), field.name) for field in fields(Witness))


_BLOCKS: Final = msgspec.msgpack.Decoder(tuple[Block, ...])
_BODY: Final = msgspec.msgpack.Decoder(tuple[Paragraph, ...])


def _failed(how: str, error: OSError) -> BuildFailed:
    what = f"cannot be {how}: {error.strerror or error}"
    return BuildFailed([Problem(Severity.ERROR, "the temporary folder", what, "Set TMPDIR to a folder with more room")])
