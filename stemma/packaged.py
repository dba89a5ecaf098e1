"""Where the files are that come with the program: templates, and what a new archive begins with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parent
"""The folder of the program's modules."""


def _templates() -> Path:
    installed = PACKAGE / "templates"
    return installed if installed.is_dir() else PACKAGE.parent / "templates"


TEMPLATES: Final = _templates()
"""Page templates and static files: inside the package where it is installed, beside it in a working copy."""

SKELETON: Final = PACKAGE / "skeleton"
"""What ``stemma init`` writes; only an installed package has all of it."""

CATALOGUES: Final = PACKAGE / "publish" / "wording" / "catalogues"
"""The site's own words in other languages than English: gettext catalogues, compiled."""
