"""Bytes to text, or one line saying why not. Nothing is replaced in silence.

In order: signatures of files that are no text, byte order marks, UTF-8, UTF-16/32 told by their NULs, the escape codes
of seven-bit encodings, UTF-8 with a few foreign bytes, and at last a detector whose answer is checked by
:mod:`.plausibility`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

import chardet

from stemma.receive import plausibility, repair
from stemma.receive.normalization import normalized

DETECTOR_BYTES: Final = 65_536
"""How much the detector reads: more costs time and changes nothing in a file of one encoding."""

LEAST_CONFIDENCE: Final = 0.03
"""Below it the detector has named an encoding only because it must name one."""
NEARLY: Final = 0.98

# Encodings of which another is a true superset: the same text, and more of it.
_WIDER: Final = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "shift_jis_2004": "cp932",
}

_SIGNATURES: Final = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)

# Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_ISO_2022: Final = re.compile(rb"\x1b\$[@B]|\x1b\$\)C")
_UTF7_RUN: Final = re.compile(rb"\+(?=[A-Za-z0-9+/]*[A-Za-z])[A-Za-z0-9+/]{2,}-?")
_OVERLONG: Final = re.compile(rb"[\xc0\xc1][\x80-\xbf]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with LF line ends alone, the codec that gave it, what was repaired, and whether a person should look."""

    text: str
    encoding: str
    repairs: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not taken for text: one line."""

    reason: str


def decode(data: bytes) -> Decoded | Refusal:
    """Read a raw file. Gives the text, or the reason it is refused; never raises, never inserts U+FFFD."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return Refusal(f"this is {name}, not text")
    found = _by_mark(data) or _by_utf8(data) or _by_shape(data) or _by_detector(data)
    return found if isinstance(found, Refusal) else _finish(found)


def _finish(found: Decoded) -> Decoded | Refusal:
    """Check what was decoded, undo mojibake, make line ends LF, normalise."""
    if not plausibility.readable(found.text):
        return Refusal("there is nothing readable in it")
    if plausibility.control_share(found.text) > plausibility.MAX_CONTROLS:
        return Refusal("it is binary data, not text")
    text, corrected = repair.mojibake(found.text)
    text, changed = normalized(text.replace("\r\n", "\n").replace("\r", "\n"))
    return Decoded(text, found.encoding, (*found.repairs, *corrected, *changed), found.doubtful)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if repair.SURROGATE.search(text) else text


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding)
            if text is not None and (encoding == "utf-8" or not plausibility.foreign_to_text(text)):
                return Decoded(text, encoding)
    return None


def _by_utf8(data: bytes) -> Decoded | Refusal | None:
    """UTF-8, whole or cut short in its last character; ASCII that speaks a seven-bit encoding; NUL-spaced text."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and data[: error.start].count(0) * 5 < len(data):
            return _cut_short(data, error.start)
        return None
    if plausibility.control_share(text) > plausibility.MAX_CONTROLS:
        return None  # UTF-16 of most scripts is valid UTF-8 too, full of controls
    return _seven_bit(data) if data.isascii() else Decoded(text, "utf-8")


def _cut_short(data: bytes, end: int) -> Decoded | None:
    # One legacy letter as the last byte of an ASCII file looks the same: only a file that is UTF-8 elsewhere is cut.
    if data[:end].isascii() and len(data) - end < 2:
        return None
    note = f"cut short inside its last character: {len(data) - end} bytes at the end are left out"
    return Decoded(data[:end].decode("utf-8"), "utf-8", (note,), doubtful=True)


def _seven_bit(data: bytes) -> Decoded | Refusal:
    if _ISO_2022.search(data):
        for encoding in ("iso2022_jp_2", "iso2022_kr"):
            text = _strict(data, encoding)
            if text is not None and "\x1b" not in text:
                return Decoded(text, encoding)
        return Refusal("its ISO 2022 escape codes cannot be read")
    if len(_UTF7_RUN.findall(data)) > 1:
        text = _strict(data, "utf-7")
        if text is not None and plausibility.natural_utf7(data.decode("ascii"), text):
            return Decoded(text, "utf-7", doubtful=True)
    return Decoded(data.decode("ascii"), "utf-8")


def _by_shape(data: bytes) -> Decoded | Refusal | None:
    """Files that are nearly UTF-8, and UTF-16 and UTF-32 without a mark."""
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        width = 4 if "32" in encoding else 2
        if len(data) % width == 0 and plausibility.spaced_like(data, encoding):
            text = _strict(data, encoding)
            if text is not None and not plausibility.foreign_to_text(text):
                return Decoded(text, encoding)
    if data.count(0) * 20 > len(data):
        return Refusal("it is binary data, not text")
    if _OVERLONG.search(data) and _strict(_OVERLONG.sub(b"", data), "utf-8") is not None:
        return Refusal("it holds overlong UTF-8, which no honest program writes")
    return _surrogates(data) or _mixed(data)


def _surrogates(data: bytes) -> Decoded | Refusal | None:
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    paired = _strict(text.encode("utf-16-le", "surrogatepass"), "utf-16-le")
    if paired is None:
        return Refusal("it holds halves of UTF-16 pairs, which stand for no character")
    return Decoded(paired, "utf-8", ("UTF-16 pairs written as UTF-8 (CESU-8) were joined",), doubtful=True)


def _mixed(data: bytes) -> Decoded | None:
    mixed = repair.mixed(data)
    if mixed is None or plausibility.objection(mixed[0]) is not None:
        return None
    text, count = mixed
    note = f"{count} bytes in the midst of UTF-8 were read as Windows-1252"
    return Decoded(text, "utf-8", (note,), doubtful=True)


def _by_detector(data: bytes) -> Decoded | Refusal:
    """Ask chardet for its candidates and take the first that decodes everything and reads like language.

    Where the next one is as likely and reads otherwise, the text is in doubt.
    """
    good: list[tuple[float, str, str]] = []
    for guess in chardet.detect_all(data[:DETECTOR_BYTES], compat_names=False):
        encoding = _WIDER.get(guess["encoding"] or "", guess["encoding"] or "")
        text = _strict(data, encoding) if guess["confidence"] >= LEAST_CONFIDENCE else None
        if text is not None and plausibility.objection(text) is None:
            good.append((guess["confidence"], codecs.lookup(encoding).name, text))
    if not good:
        return Refusal("its encoding is unknown: no known one gives readable text")
    confidence, encoding, text = good[0]
    doubtful = any(other != text and near >= confidence * NEARLY for near, _, other in good[1:])
    return Decoded(text, encoding, doubtful=doubtful and not _only_typographic(text))


def _only_typographic(text: str) -> bool:
    """Whether all that is not ASCII is quotation marks, dashes and the like: no other table sets those so well."""
    beyond = {sign for sign in text if not sign.isascii()}
    return not beyond.isdisjoint("‘’“”–—…") and not any(map(str.isalpha, beyond))
