"""Names in Chinese, Japanese and Korean, and what reporters are called beside them."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Final

_SURNAMES: Final = frozenset(
    tomllib.loads(files(__package__).joinpath("person_names.toml").read_text(encoding="utf-8"))["surnames"].split()
)
RANK: Final = re.compile(
    r"(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])\s?"
    r"(?:(?:인턴|선임|전문|수석)?기자|특파원|논설위원|칼럼니스트|객원기자|记者|記者|编辑|編集委員|論説委員|特派員)$"
)
"""What a reporter is called after the name in Korean, Chinese and Japanese."""
MAX_EAST_ASIAN: Final = 5
"""Characters of a name in Chinese or Japanese."""
_KOREAN_REPORTER: Final = re.compile(
    r"(?<![\uac00-\ud7af])([\uac00-\ud7af]{2,4})\s?(?:인턴|선임|전문|수석|객원)?(?:기자|특파원)(?![\uac00-\ud7af])"
)
_CHINESE_REPORTER: Final = re.compile(
    r"[(（【]?[\u3400-\u9fff]{0,8}(?:记者|記者|通讯员|通訊員|撰稿人?|评论员)\s?[:：/／|｜]?\s?"
    r"([\u3400-\u9fff]{2,4}(?:[\s、，,]+[\u3400-\u9fff]{2,4}){0,4})(?:\s?[)）】]|\s|$)"
)
_CJK_NAME: Final = re.compile("[\u3400-\u9fff\u3005\uac00-\ud7af]{2,5}")
"""A person's name in Korean, Chinese or Japanese."""


def ranked_name(text: str) -> str:
    """The name before what a reporter is called in Korean, Chinese or Japanese, or the empty string."""
    rank = None if text.isascii() else RANK.search(text)
    return text[: rank.start()] if rank and _CJK_NAME.fullmatch(text[: rank.start()]) else ""


def is_name(text: str) -> bool:
    """Whether a line is a name of two to five characters that begins with a family name."""
    bare = text.replace(" ", "")
    return (
        not bare.isascii()
        and len(bare) <= MAX_EAST_ASIAN
        and _CJK_NAME.fullmatch(bare) is not None
        and any(bare[:size] in _SURNAMES and len(bare) > size for size in (1, 2, 3))
    )


def reporters(text: str) -> tuple[str, ...]:
    """The names in a line before what a Korean reporter is called, or after what a Chinese one is."""
    if text.isascii():
        return ()
    found = tuple(dict.fromkeys(_KOREAN_REPORTER.findall(text)))
    if found:
        return found
    chinese = _CHINESE_REPORTER.match(text)
    if chinese is None:
        return ()
    names = tuple(part for part in re.split(r"[\s、，,]+", chinese[1]) if part)
    return names if all(map(is_name, names)) else (chinese[1].strip(),)
