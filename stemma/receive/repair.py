"""Repairs of wrong decoding by others: text encoded twice, bytes of two encodings in one file. Each is recorded."""

from __future__ import annotations

import re
from typing import Final

import ftfy

SURROGATE: Final = re.compile("[\ud800-\udfff]")

_CONTINUED: Final = "\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€"
"""What Windows-1252 makes of the second and later bytes of UTF-8."""
_CONTINUED_1251: Final = "\u00a0-\u00bbЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈҐЁЄЇІіґё№єјЅѕї"
_TELLTALE: Final = re.compile(
    "[ÂÃÄÅÎÏÐÑ×ØÙÚÛà-ðăćčďđęěĺŕŃŘŮĎĐĞΓΞΟРС‚√╧╨╤╫╬├](?:"
    f"(?<=[ÃÄÅÎÏÐÑ×ØÙÚÛŃŘŮĎĐĞ])[{_CONTINUED}ĄąĽľŁłŚśŤťŹźŻżŞş]|(?<=[à-ðăćčďđęěĺŕ])[{_CONTINUED}]{{2}}|(?<=â)[€„]|(?<=Â)[\u0080-¿]"
    f"|(?<=[РС])[{_CONTINUED_1251}]{{1,2}}[РС][{_CONTINUED_1251}]|(?<=[ΞΟ])[\u0080-\u00bfΆΈΉΊΌΎΏΐ‚ƒ„…†‡‰‹‘’“”•–—™›€]"
    "|(?<=‚)Ä|(?<=√)[\u00a0-ÿ∂∑∏π∫Ω≈∆≤≥]|(?<=Γ)Ç|(?<=[╧╨╤╫╬├])[\u2500-\u259fα-ωΑ-Ω¡-ÿⁿ⌐⌠⌡ƒ₧])"
)
"""Where UTF-8 may have been read as another encoding: lines that hold one are given to ftfy, which decides."""
_MOJIBAKE: Final = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    replace_lossy_sequences=False,  # it would put U+FFFD where bytes were lost
    fix_c1_controls=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)
_MAX_LINE: Final = 20_000
"""Characters of a line that is given to ftfy."""

# In a Western single-byte text these sequences never occur; in UTF-8 they are accented letters, quotes and dashes.
_SURE_UTF8: Final = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2\x80[\x80-\xbf]|\xe2\x82\xac")
_UTF8_RUN: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|[\xf1-\xf3][\x80-\xbf]{3}|\xf0[\x90-\xbf][\x80-\xbf]{2}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_HIGH: Final = re.compile(rb"[\x80-\xff]+")
_MAX_STRAY: Final = 2
"""Bytes: a longer run of foreign bytes is another encoding, not a stray."""


def mojibake(text: str) -> tuple[str, tuple[str, ...]]:
    """Undo double encoding ("Ã©" for é) line by line, with ftfy. Gives the text and a note if anything changed."""
    if not _TELLTALE.search(text):
        return text, ()
    lines = text.split("\n")
    corrected = [_corrected(line) for line in lines]
    count = sum(new != old for new, old in zip(corrected, lines, strict=True))
    if not count:
        return text, ()
    return "\n".join(corrected), (f"{count} lines of text encoded twice (mojibake) were corrected",)


def _corrected(line: str) -> str:
    if len(line) > _MAX_LINE or not _TELLTALE.search(line):
        return line
    new = str(ftfy.fix_encoding(line, _MOJIBAKE))
    worse = SURROGATE.search(new) or "\n" in new or "\r" in new or new.count("\ufffd") > line.count("\ufffd")
    return line if worse else new


def mixed(data: bytes) -> tuple[str, int] | None:
    """Read UTF-8 with stray Windows-1252 bytes in it. Gives the text and how many bytes were strays, or None.

    None too where there are no sequences that only UTF-8 has, or where strays come in runs as in East Asian codes.
    """
    sure = len(_SURE_UTF8.findall(data))
    rest = _UTF8_RUN.sub(b"", data)
    strays = _HIGH.findall(rest)
    count = sum(map(len, strays))
    if not sure or count > 20 * sure or any(len(run) > _MAX_STRAY for run in strays):
        return None
    pieces = []
    end = 0
    try:
        for match in _UTF8_RUN.finditer(data):
            pieces += [data[end : match.start()].decode("cp1252"), match.group().decode("utf-8")]
            end = match.end()
        pieces.append(data[end:].decode("cp1252"))
    except UnicodeDecodeError:
        return None
    return "".join(pieces), count
