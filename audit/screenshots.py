"""A picture of each page type, phone to desktop, light and dark: ``make screenshots``.

``python -m audit.screenshots --readme`` takes only the four that the README shows.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Literal

from audit.browser import PROJECT, SITE, visited
from audit.pages import pages

WIDTHS = (360, 768, 1440)
SCHEMES: Sequence[Literal["light", "dark"]] = ("light", "dark")
IN_README = {"text": 1440, "work": 1440, "comparison": 1440, "search": 1440}


def main() -> None:
    """Write screenshots/TYPE-WIDTH-SCHEME.png, and docs/screenshots/TYPE.png for the README."""
    readme = "--readme" in sys.argv[1:]
    folder, shown = PROJECT / "screenshots", PROJECT / "docs/screenshots"
    folder.mkdir(exist_ok=True)
    shown.mkdir(exist_ok=True)
    with visited(SITE) as (browser, address):
        for scheme in SCHEMES[:1] if readme else SCHEMES:
            for width in (1440,) if readme else WIDTHS:
                context = browser.new_context(
                    color_scheme=scheme,
                    viewport={"width": width, "height": 900},
                )
                page = context.new_page()
                for name, path in pages(SITE).items():
                    if readme and name not in IN_README:
                        continue
                    page.goto(address + path + ("?q=lamp" if name == "search" else ""))
                    page.wait_for_timeout(1500 if name == "search" else 100)
                    file = folder / f"{name.replace(' ', '-')}-{width}-{scheme}.png"
                    page.screenshot(path=file, full_page=True)
                    if scheme == "light" and IN_README.get(name) == width:
                        page.screenshot(path=shown / f"{name}.png")
                context.close()
    print(f"{folder.name}/: {len(list(folder.glob('*.png')))} pictures")


if __name__ == "__main__":
    main()
