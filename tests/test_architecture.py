"""The shape of the program: what may import what, what a stage may not know, and how large a thing may grow."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PROGRAM = sorted([*(PROJECT / "stemma").rglob("*.py"), PROJECT / "build.py"])
TEMPLATES = sorted((PROJECT / "templates").rglob("*.html"))
DOORS = {
    "markdown_it": r"stemma/markdown\.py",
    "frontmatter": r"stemma/curation/front_matter\.py",
    "yaml": r"stemma/curation/(?:front_matter|bounded_yaml)\.py",
    "jinja2": r"stemma/publish/output/render\.py",
    "pagefind_bin": r"stemma/publish/search/\w+\.py",
    "chardet": r"stemma/receive/\w+\.py",
    "ftfy": r"stemma/receive/\w+\.py",
    "rich": r"stemma/report\.py",
    "argparse": r"stemma/cli\.py",
}
"""Library -> the modules that may know it."""
WORLDLY = {"time", "random", "secrets", "locale", "uuid", "socket", "urllib.request", "http.server", "http.client"}
"""What a stage may not import: nothing in the site depends on the clock, chance, the machine or the network."""
WORLDLY_CALLS = {"environ", "getenv", "now", "today", "utcnow", "gethostname", "getlocale", "urandom"}
ALLOWED = {
    "stemma/report.py": "times the stages, and knows GitHub's terminal",
    "stemma/commands/server.py": "serves the site on this machine",
    "stemma/commands/serve.py": "waits for changes, to build again",
}
LONGEST_FILE, LONGEST_FUNCTION = 400, 60


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


def test_no_import_goes_round_in_a_circle() -> None:
    known = {module(path): path for path in PROGRAM}
    graph = {one: sorted(imports(path) & known.keys() - {one}) for one, path in known.items()}
    done: set[str] = set()

    def visit(one: str, way: tuple[str, ...]) -> None:
        assert one not in way, " -> ".join((*way[way.index(one) :], one))
        if one not in done:
            for other in graph[one]:
                visit(other, (*way, one))
            done.add(one)

    for one in sorted(graph):
        visit(one, ())


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_imports_stand_at_the_top(path: Path) -> None:
    deferred = [
        node.lineno
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert deferred == []


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library: str) -> None:
    users = {name(path) for path in PROGRAM for one in imports(path) if one.split(".")[0] == library}
    assert {user for user in users if not re.fullmatch(DOORS[library], user)} == set()


def test_the_search_program_is_called_from_one_place() -> None:
    users = {name(path) for path in PROGRAM if re.search(r'["\']pagefind_bin["\']', path.read_text("utf-8"))}
    assert len(users) == 1
    assert all(re.fullmatch(DOORS["pagefind_bin"], user) for user in users)


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_a_stage_knows_nothing_of_the_clock_chance_or_the_machine(path: Path) -> None:
    if name(path) in ALLOWED:
        return
    assert imports(path) & WORLDLY == set()
    used = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    assert used & WORLDLY_CALLS == set()


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_lines_end_at_line_feeds_alone(path: Path) -> None:
    """The method that splits lines also splits at signs that stand inside lines of raw files."""
    called = [
        node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and node.attr in SPLITTING
    ]
    assert called == []


SPLITTING = {"splitlines"}


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_a_file_and_a_function_stay_small(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= LONGEST_FILE
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name}: {length} lines"


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_records_are_frozen(path: Path) -> None:
    """All but the report of a running build, which collects."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef) and name(path) != "stemma/report.py":
            for decorator in map(ast.unparse, node.decorator_list):
                assert not decorator.startswith("dataclass") or "frozen=True" in decorator, node.name


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_trust_nothing_but_rendered_markdown(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"[\w.\[\]()\"']+\s*\|\s*safe\b(?<!\.html\|safe)", text.replace(" ", "")) == []
    assert "autoescape" not in text
    assert not re.search(r"<[^>{]*\sstyle\s*=", text), "a style attribute is refused by the policy"
    assert not re.search(r"<script(?![^>]*\b(?:src=|type=\"application/ld\+json\"))", text), (
        "no script stands in a page"
    )


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
    """What is written here must hold on every machine."""
    found = []
    for one in tracked():
        data = (PROJECT / one).read_bytes()
        if b"\0" not in data[:8000]:
            lines = data.decode("utf-8", "replace").split("\n")
            found += [f"{one}:{at}: {line[:80]}" for at, line in enumerate(lines, 1) if MACHINES.search(line)]
    assert found == []


def test_nothing_that_is_made_is_tracked() -> None:
    made = re.compile(r"(?:^|/)(?:site|node_modules|__pycache__|\.venv)/|\.pyc$|build-report\.json$")
    assert [one for one in tracked() if made.search(one)] == []
