"""Visit every page of a site at six widths: does one scroll sideways? ``python -m audit.sideways [SITE]``.

Exit code 1 where one does.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser

from audit.browser import SITE, visited

WIDTHS = (320, 360, 720, 768, 1024, 1440)
WIDEST = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return "";
  const beyond = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > wide + 1 || box.left < -1) && !one.closest(".vh, .defs, .skip");
  });
  const last = beyond.at(-1) ?? document.body;
  return `${last.tagName}.${last.className} ${last.textContent.slice(0, 60)}`;
}"""


def sideways(browser: Browser, site: Path, address: str) -> list[str]:
    """A line for each page and width at which something is wider than the window: what it is."""
    page = browser.new_page()
    found = []
    for path in sorted(site.rglob("*.html")):
        page.goto(address + path.relative_to(site).as_posix())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            widest = page.evaluate(WIDEST)
            if widest:
                found.append(f"sideways at {width}: {path.relative_to(site)}: {widest}")
    page.close()
    return found


def main() -> int:
    """Print every page that scrolls sideways, and how many were visited."""
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else SITE
    with visited(site) as (browser, address):
        found = sideways(browser, site, address)
    print("".join(f"{line}\n" for line in found), end="")
    print(f"{sum(1 for _ in site.rglob('*.html')):,} pages at {len(WIDTHS)} widths: {len(found)} scroll sideways")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
