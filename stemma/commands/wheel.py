"""The wheel this program was installed from, made again from the installed files: always the same bytes.

Nothing is compressed and no time is stored, so the bytes depend on the installed files alone.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from stemma.packaged import PACKAGE
from stemma.problems import BuildFailed
from stemma.records import Problem, Severity

DISTRIBUTION: Final = "stemma-archive"
_METADATA: Final = re.compile(r"[^/]+\.dist-info/(?:METADATA|WHEEL|entry_points\.txt|(?:licenses|sboms)/.+)")
"""What of the installed metadata was in the wheel; installers add files of their own."""


def rebuilt() -> tuple[str, bytes]:
    """The wheel's file name and its bytes. Raises BuildFailed where the program is not installed from a wheel."""
    found = _installed()
    files = dict(_files(found))
    info = next(name.partition("/")[0] for name in files if _METADATA.fullmatch(name))
    record = "".join(f"{name},sha256={_digest(data)},{len(data)}\n" for name, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    return f"{info.removesuffix('.dist-info')}-{_tag(files[f'{info}/WHEEL'])}.whl", _zipped(files)


def _installed() -> Distribution:
    remedy = "Install it as a package: in the folder of the working copy, pipx install . or python -m pip install ."
    try:
        found = distribution(DISTRIBUTION)
    except PackageNotFoundError:
        raise _refusal("the program is not installed: this is a working copy", remedy) from None
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        raise _refusal("the program is an editable install, which no wheel can be made of", remedy)
    if Path(str(found.locate_file("stemma/__init__.py"))).resolve() != PACKAGE / "__init__.py":
        raise _refusal(f"the program runs from {PACKAGE.parent}, not from where it is installed", remedy)
    return found


def _files(found: Distribution) -> Iterator[tuple[str, bytes]]:
    """Path in the wheel -> bytes, in a fixed order; each is checked against the hash recorded at installation."""
    listed = {file.as_posix(): file for file in found.files or ()}
    for name in sorted(listed, key=lambda name: (bool(_METADATA.fullmatch(name)), name)):
        if not (_METADATA.fullmatch(name) or (name.startswith("stemma/") and not name.endswith(".pyc"))):
            continue
        recorded = listed[name].hash
        try:
            data = Path(str(found.locate_file(name))).read_bytes()
        except OSError as error:
            raise _refusal(f"{name} cannot be read: {error.strerror}", "Install the program again") from error
        if recorded is None or _digest(data) != recorded.value:
            raise _refusal(f"{name} is not as it was installed", "Install the program again")
        yield name, data


def _refusal(what: str, remedy: str) -> BuildFailed:
    return BuildFailed([Problem(Severity.ERROR, "stemma", what, remedy)])


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def _tag(wheel: bytes) -> str:
    return next(line.removeprefix("Tag: ") for line in wheel.decode().split("\n") if line.startswith("Tag: "))


def _zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, data)
    return target.getvalue()
