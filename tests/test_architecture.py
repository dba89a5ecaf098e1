"""The architecture: which imports are allowed, what a stage may not use, and how large files and folders may grow.

The order of the layers is checked by import-linter (pyproject.toml).
"""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PROGRAM = sorted([*(PROJECT / "stemma").rglob("*.py"), PROJECT / "build.py"])
FOLDERS = sorted({path.parent for path in PROGRAM if path.name != "build.py"})
TEMPLATES = sorted((PROJECT / "templates").rglob("*.html"))
USERS = {
    "markdown_it": r"stemma/markdown\.py",
    "frontmatter": r"stemma/curation/front_matter\.py",
    "yaml": r"stemma/curation/(?:front_matter|bounded_yaml)\.py",
    "jinja2": r"stemma/publish/output/render\.py",
    "pagefind_bin": r"stemma/publish/search/\w+\.py",
    "chardet": r"stemma/receive/\w+\.py",
    "msgspec": r"stemma/(?:cache|receive/spool|publish/data/exports)\.py",
    "distributed": r"stemma/cluster/\w+\.py",
    "ftfy": r"stemma/receive/\w+\.py",
    "rich": r"stemma/report\.py",
    "argparse": r"stemma/cli\.py",
}
"""Library -> the modules that may import it."""
IMPURE = {"time", "random", "secrets", "locale", "uuid", "socket", "urllib.request", "http.server", "http.client"}
"""What a stage may not import: nothing in the site depends on the clock, randomness, the machine or the network."""
IMPURE_CALLS = {"environ", "getenv", "now", "today", "utcnow", "gethostname", "getlocale", "urandom"}
ALLOWED = {
    "stemma/report.py": "times the stages, and prints annotations on GitHub",
    "stemma/commands/server.py": "is a server",
    "stemma/commands/serve.py": "waits for changes",
}
MAX_FILE_LINES, MAX_FUNCTION_LINES, MAX_FOLDER_FILES = 400, 60, 16


def name(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), name(path))


def imported(node: ast.AST) -> Iterator[str]:
    """The modules an import statement may mean."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def imports(path: Path) -> frozenset[str]:
    return frozenset({module for node in ast.walk(tree(path)) for module in imported(node)})


def module(path: Path) -> str:
    return name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_there_is_no_import_cycle() -> None:
    known = {module(path): path for path in PROGRAM}
    graph = {one: sorted(imports(path) & known.keys() - {one}) for one, path in known.items()}
    done: set[str] = set()

    def visit(one: str, path: tuple[str, ...]) -> None:
        assert one not in path, " -> ".join((*path[path.index(one) :], one))
        if one not in done:
            for other in graph[one]:
                visit(other, (*path, one))
            done.add(one)

    for one in sorted(graph):
        visit(one, ())


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_imports_are_at_the_top(path: Path) -> None:
    deferred = [
        node.lineno
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert deferred == []


@pytest.mark.parametrize("library", USERS)
def test_a_library_is_used_in_one_place(library: str) -> None:
    users = {name(path) for path in PROGRAM for one in imports(path) if one.split(".")[0] == library}
    assert {user for user in users if not re.fullmatch(USERS[library], user)} == set()


def test_pagefind_is_called_from_one_place() -> None:
    users = {name(path) for path in PROGRAM if re.search(r'["\']pagefind_bin["\']', path.read_text("utf-8"))}
    assert len(users) == 1
    assert all(re.fullmatch(USERS["pagefind_bin"], user) for user in users)


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_a_stage_uses_no_clock_randomness_or_environment(path: Path) -> None:
    if name(path) in ALLOWED:
        return
    assert imports(path) & IMPURE == set()
    used = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    assert used & IMPURE_CALLS == set()


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_text_is_split_at_line_feeds_only(path: Path) -> None:
    """``splitlines`` also splits at characters that occur inside lines of raw files."""
    used = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    assert "splitlines" not in used


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_files_and_functions_stay_small(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= MAX_FILE_LINES
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MAX_FUNCTION_LINES, f"{node.name}: {length} lines"


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_folders_stay_small(folder: Path) -> None:
    files = [path.name for path in folder.iterdir() if path.is_file() and path.name != "__init__.py"]
    assert len(files) <= MAX_FOLDER_FILES, sorted(files)


def test_contracts_name_every_module() -> None:
    """So that a new module cannot escape the layers; folders below a layer are independent or layered themselves."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layered = [contract for contract in settings["contracts"] if contract["type"] == "layers"]
    assert {one for contract in layered for one in contract["containers"]} >= {"stemma", "stemma.publish"}
    assert all(contract.get("exhaustive") for contract in layered)


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_records_are_frozen(path: Path) -> None:
    """All except the report of a running build, which collects."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef) and name(path) != "stemma/report.py":
            for decorator in map(ast.unparse, node.decorator_list):
                assert not decorator.startswith("dataclass") or "frozen=True" in decorator, node.name


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_escape_everything_but_rendered_markdown(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"[\w.\[\]()\"']+\s*\|\s*safe\b(?<!\.html\|safe)", text.replace(" ", "")) == []
    assert "autoescape" not in text
    assert not re.search(r"<[^>{]*\sstyle\s*=", text), "a style attribute is refused by the policy"
    assert not re.search(r"<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))", text), "no inline scripts"


def tracked() -> list[str]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git and a working copy")
    return [one for one in listed.stdout.decode().split("\0") if one and (PROJECT / one).is_file()]


MACHINES = re.compile(
    "|".join(
        [
            r"(?<![\w.:/~*-])/" + f"(?:{'|'.join(['wor' + 'k', 'tm' + 'p', 'roo' + 't', 'hom' + 'e', 'User' + 's'])})/",
            r"[A-Z]:\\" + r"Users\\",
            "://[^/ ]*" + r"(?:artifact" + r"ory|nex" + r"us|dev" + r"pi)[./]",
            "--" + r"(?:extra-)?index-" + "url",
            r"https?://(?:127\.0\.0\.1|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+)[:/]\S*simple",
        ]
    )
)


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    """What is written here must be true on every machine."""
    found = []
    for one in tracked():
        data = (PROJECT / one).read_bytes()
        if b"\0" not in data[:8000]:
            lines = data.decode("utf-8", "replace").split("\n")
            found += [f"{one}:{at}: {line[:80]}" for at, line in enumerate(lines, 1) if MACHINES.search(line)]
    assert found == []


def test_no_generated_file_is_tracked() -> None:
    generated = re.compile(r"(?:^|/)(?:site|node_modules|__pycache__|\.venv)/|\.pyc$|build-report\.json$")
    assert [one for one in tracked() if generated.search(one)] == []
