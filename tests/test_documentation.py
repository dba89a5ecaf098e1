"""The documentation is complete and true: what can be set, written or read is explained, what it names exists."""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from stemma import __version__
from stemma.clean.cleaning import clean
from stemma.clean.labels import rules
from stemma.cli import commands, parser
from stemma.curation import authorities, front_matter
from stemma.publish.data import exports
from stemma.receive import sources_table
from stemma.receive.reception import receive
from stemma.records import Field, Kind, Label, VariantType
from stemma.settings import FROM_FILE, Settings
from stemma.text import FOLDING

PROJECT = Path(__file__).resolve().parent.parent
PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"), *PROJECT.glob("content/*.md")])
TABLES = {
    "documents.jsonl": exports.DOCUMENT_FIELDS,
    "relations.jsonl": exports.RELATION_FIELDS,
    "works.jsonl": exports.WORK_FIELDS,
}
GUIDES = [path for path in PAGES if path.parent == PROJECT / "docs" or path.name == "CONTRIBUTING.md"]
SAMPLE = PROJECT / "content"
"""An archive with other content has none of the sample's files."""


def read(name: str) -> str:
    return (PROJECT / name).read_text("utf-8")


def keys(text: str) -> list[str]:
    """The first cell of each table row of a page that is code, without its backquotes."""
    return [found[1] for found in re.finditer(r"^\| `([^`]+)`", text, re.MULTILINE)]


def section(text: str, heading: str) -> str:
    """The text below a heading, up to the next heading of any depth."""
    found = re.search(rf"^#+ {re.escape(heading)}[^\n]*\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading {heading!r}"
    return found[1]


def section_and_below(text: str, heading: str) -> str:
    """The text below a heading, up to the next heading of the same depth."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^\1 |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading {heading!r}"
    return found[2]


def options() -> list[argparse.Action]:
    return [action for action in parser()._actions if action.dest != "help"]


def test_every_label_is_explained_with_the_words_readers_see() -> None:
    text = read("docs/labels.md").partition("## ")[0]
    assert keys(text) == [str(label) for label in Label]
    for label in Label:
        assert f"| `{label}` | {label.meaning} |" in text


def test_every_evidence_that_is_no_rule_is_explained() -> None:
    explained = tuple(re.findall(r"`([a-z.]+)`", section(read("docs/labels.md"), "The names of the evidence")))
    known = {rule.id for rule in rules.rulebook().rules}
    received = receive(Settings(content=SAMPLE)).accessions
    given = {block.rule for witness in clean(received, {}, ()) for block in witness.blocks} - known
    assert [rule for rule in given if not rule.startswith(explained)] == []


def test_every_field_of_a_rule_is_explained() -> None:
    assert set(keys(section(read("docs/rules.md"), "The fields of a rule"))) == set(rules.FIELDS)
    assert ", ".join(rules.FILES) in read("docs/rules.md")


def test_every_setting_is_explained_and_no_other() -> None:
    assert tuple(keys(section(read("docs/settings.md"), "archive.toml"))) == FROM_FILE


def test_the_labels_that_can_be_withheld_are_listed() -> None:
    text = section(read("docs/settings.md"), "archive.toml")
    assert all(f"`{label}`" in text for label in Label)


def test_every_option_of_the_command_line_is_explained_and_no_other() -> None:
    text = read("docs/settings.md")
    stated = {key.split()[0] for key in keys(section(text, "The command line"))}
    assert stated == {action.option_strings[0] for action in options()}
    for action in options():
        if isinstance(action.metavar, str):
            assert re.search(rf"`{action.option_strings[0]} \[?{action.metavar}", text), action.option_strings


def test_every_command_is_explained_and_no_other() -> None:
    stated = [key.split()[1] for key in keys(section(read("docs/settings.md"), "The command stemma"))]
    (named,) = [action for action in commands()._actions if isinstance(action.choices, dict)]
    assert sorted(stated) == sorted(named.choices or ())


def test_every_key_of_a_page_is_explained_and_no_other() -> None:
    stated = [key for key in keys(section(read("docs/curating.md"), "The page")) if key.isidentifier()]
    assert sorted(stated) == sorted(front_matter.KEYS)


@pytest.mark.parametrize(
    ("heading", "known"), [("publishers.toml", authorities.KEYS), ("sources.csv", sources_table.COLUMNS)]
)
def test_every_key_of_the_collectors_tables_is_explained(heading: str, known: tuple[str, ...]) -> None:
    assert tuple(keys(section(read("docs/curating.md"), heading))) == known


@pytest.mark.parametrize("table", TABLES)
def test_every_field_of_the_data_is_explained_in_order(table: str) -> None:
    assert keys(section(read("docs/data.md"), table))[: len(TABLES[table])] == list(TABLES[table])


def test_the_definition_of_a_word_is_explained() -> None:
    assert all(f"`{key}`" in section(read("docs/data.md"), "Words") for key in FOLDING)


def test_relations_and_weights_are_explained_to_readers() -> None:
    text = read("docs/reading.md")
    assert all(f"| **{kind}** |" in text for kind in Kind)
    assert all(f"| {weight} |" in text for weight in VariantType)


def test_every_field_a_page_can_state_is_in_the_data() -> None:
    assert {str(field) for field in Field} <= exports.DOCUMENT_FIELDS.keys()


def test_every_dependency_is_explained_in_the_design() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    text = section(read("docs/design.md"), "Dependencies").lower()
    for requirement in project["dependencies"]:
        name = re.split(r"[<>=~!\[ ]", requirement)[0]
        assert name in text, f"{name} is not explained in docs/design.md"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_relative_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        place, _, fragment = target.partition("#")
        if re.match(r"[a-z]+:", target) or not place:
            continue
        there = (path.parent / place).resolve()
        if not there.exists() and there.parent == SAMPLE:
            continue
        assert there.exists(), f"{target} leads nowhere"
        if fragment:
            assert fragment in anchors(there.read_text("utf-8")), f"{target}: no such heading"


def anchors(text: str) -> set[str]:
    """The fragments of a page's headings, as a forge makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_command_of_the_makefile_is_explained_and_no_other() -> None:
    commands = keys(section(read("CONTRIBUTING.md"), "Commands"))
    explained = {command.removeprefix("make ") for command in commands if command.startswith("make ")}
    phony = re.findall(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)
    assert set(" ".join(phony).split()) == explained
    said = set(re.findall(r"^([a-z-]+):.*##", read("Makefile"), re.MULTILINE))
    assert said == explained, "make help lists what has a ## comment"


def test_every_module_is_in_the_map_and_no_other() -> None:
    text = section_and_below(read("docs/design.md"), "Module map")
    modules = {path.relative_to(PROJECT / "stemma").as_posix() for path in (PROJECT / "stemma").rglob("*.py")}
    known = {one for one in modules if not one.endswith("__init__.py")}
    listed = {key for key in keys(text) if key.endswith(".py")}
    assert known - listed == set(), "add a row to the module map of docs/design.md"
    assert listed - known == set(), "take the row out of the module map of docs/design.md"


def test_the_order_of_imports_is_the_one_that_is_checked() -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract.get("containers") == ["stemma"])
    listed = re.findall(r"^\d+\. (`.*`)$", section(read("docs/design.md"), "Flow"), re.MULTILINE)
    assert [set(re.findall(r"\w+", line)) for line in listed] == [set(re.findall(r"\w+", layer)) for layer in layers]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_paths_of_the_project_that_are_named_exist(path: Path) -> None:
    named = re.findall(
        r"`((?:stemma|tests|templates|training|benchmarks|docs|audit)/[\w./*-]+)`", path.read_text("utf-8")
    )
    archives = ("templates/root", "templates/static/")  # folders of an archive's own
    assert [one for one in named if not one.startswith(archives) and not list(PROJECT.glob(one.rstrip("/")))] == []


def test_every_variable_of_the_tests_is_explained() -> None:
    text = section(read("CONTRIBUTING.md"), "Commands")
    for path in [*PROJECT.glob("tests/**/*.py"), *PROJECT.glob("audit/*.py")]:
        for variable in re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", path.read_text("utf-8")):
            assert f"`{variable}`" in text, variable


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "docs/curating.md", "docs/publish.md", "docs/settings.md"]
)
def test_commands_of_the_manual_exist(name: str) -> None:
    text = read(name)
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    known = {action.option_strings[0] for action in options()}
    for target in re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE):
        assert target in targets, f"make {target}"
    for line in re.findall(r"build\.py ([^\n`]*)", text):
        for option in re.findall(r"--[a-z-]+", line):
            assert option in known | {"--help"}, option


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_a_guide_says_at_its_top_whom_it_is_for(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").split("\n") if line]
    assert lines[0].startswith("# ")
    assert lines[1].startswith("*For ")


def test_the_citation_names_this_version_and_licence() -> None:
    licence = tomllib.loads(read("pyproject.toml"))["project"]["license"]
    citation = yaml.safe_load(read("CITATION.cff"))
    assert (citation["version"], citation["license"]) == (__version__, licence)


@pytest.mark.parametrize("path", sorted(PROJECT.glob(".github/ISSUE_TEMPLATE/*.yml")), ids=lambda path: path.name)
def test_an_issue_form_asks_for_what_is_needed(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    if path.name != "config.yml":
        fields = [one for one in form["body"] if one["type"] != "markdown"]
        assert form["name"]
        assert form["description"]
        assert all(one["attributes"]["label"] and one["id"] for one in fields)
        assert any(one.get("validations", {}).get("required") for one in fields)


def test_pages_named_in_the_program_exist() -> None:
    named = set()
    for path in [*PROJECT.glob("*.py"), *PROJECT.glob("stemma/**/*.py"), *PROJECT.glob("tests/**/*.py")]:
        named |= set(re.findall(r"\b((?:docs/)?[A-Za-z-]+\.md)\b", path.read_text("utf-8")))
    for name in sorted(named - {"x.md"}):
        if name.startswith("docs/") or name.isupper() or name[:-3].isupper():
            assert (PROJECT / name).exists(), f"{name} is named in the program and does not exist"
