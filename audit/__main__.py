"""Hold the built site against checkers that are not ours: ``make audit`` (needs Node, Java and Chromium).

axe on every page type, light and dark, wide and narrow; html-validate and vnu on every page; Lighthouse on five types.
Exit code 1 where one of them finds an error.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from audit.browser import PROJECT, QUIET, SITE, chromium, visited
from audit.pages import pages

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
LIGHTHOUSE = ("home", "text", "work", "comparison", "search")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def main() -> int:
    """Run every checker that is there; gives 1 where an error was found."""
    found = pages(SITE)
    bad = 0
    with visited(SITE) as (browser, address):
        bad += axe(browser, address, found)
        lighthouse(address, found)
    bad += html_validate()
    bad += vnu()
    print("audit: no errors" if not bad else f"audit: {bad} errors")
    return 1 if bad else 0


def axe(browser: Browser, address: str, found: dict[str, str]) -> int:
    """Violations of every page type, light and dark, at 320 and 1280 pixels."""
    script = (MODULES / "axe-core/axe.min.js").read_text("utf-8")
    bad = 0
    for scheme in ("light", "dark"):
        for width in (320, 1280):
            context = browser.new_context(
                color_scheme=scheme,
                viewport={"width": width, "height": 900},
                bypass_csp=True,
            )
            for name, path in found.items():
                page = context.new_page()
                page.goto(address + path)
                page.evaluate(script)
                result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
                for violation in result["violations"]:
                    bad += 1
                    nodes = violation["nodes"]
                    print(f"axe {name} {scheme} {width}: {violation['id']} x{len(nodes)} {nodes[0]['html'][:110]}")
                page.close()
            context.close()
    print(f"axe: {len(found)} page types, light and dark, at 320 and 1280: {bad} violations")
    return bad


def html_validate() -> int:
    """Errors html-validate finds on every page."""
    command = [str(MODULES / ".bin/html-validate"), "--config", str(HERE / "htmlvalidate.json"), "--formatter", "json"]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:  # a long answer does not fit into the pipe it leaves
        done = subprocess.run(
            [*command, "site/**/*.html"], cwd=PROJECT, stdout=out, stderr=subprocess.PIPE, text=True, check=False
        )
        out.seek(0)
        reports = json.loads(out.read() or "[]")
    bad = 0
    for report in reports:
        for message in report["messages"][:3]:
            where = f"{Path(report['filePath']).name}:{message['line']}"
            print(f"html-validate {where} {message['ruleId']} {message['message']}")
        bad += report["errorCount"]
    print(f"html-validate: {bad} errors" + (f" ({done.stderr.strip()[:200]})" if done.stderr.strip() else ""))
    return int(bad) + (not reports and done.returncode != 0)


def vnu() -> int:
    """Errors the Nu checker finds on every page, stylesheet and picture."""
    if shutil.which("java") is None:
        print("vnu: left out, there is no Java")
        return 0
    jar = MODULES / "vnu-jar/build/dist/vnu.jar"
    command = ["java", "-Xss16m", "-jar", str(jar), "--errors-only", "--format", "json", "--skip-non-html", str(SITE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr or "{}").get("messages", [])
    for message in messages[:12]:
        print(f"vnu {message.get('url', '').rpartition('/site/')[2]}:{message.get('lastLine')} {message['message']}")
    print(f"vnu: {len(messages)} errors")
    return len(messages)


def lighthouse(address: str, found: dict[str, str]) -> None:
    """Print the four scores of the page types that matter most. They are stated, not judged."""
    for name in LIGHTHOUSE:
        command = [str(MODULES / ".bin/lighthouse"), address + found[name], "--quiet", "--output=json"]
        command += [f"--chrome-flags=--headless {' '.join(QUIET)}"]
        environment = {**os.environ, "CHROME_PATH": chromium()}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if done.returncode:
            print(f"lighthouse {name}: {done.stderr.strip()[-160:]}")
            continue
        scores = json.loads(done.stdout)["categories"]
        print(
            f"lighthouse {name}: " + ", ".join(f"{key} {(one['score'] or 0) * 100:.0f}" for key, one in scores.items())
        )


if __name__ == "__main__":
    sys.exit(main())
