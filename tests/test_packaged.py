"""The digest of a part of the program: nothing that a stage is computed with is left out, and little else is in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from stemma import packaged

PROJECT = Path(__file__).resolve().parent.parent
STAGES = [
    *("stemma.curation.edits", "stemma.curation.write_pages", "stemma.clean.cleaning"),
    *("stemma.relate.detect.corpus", "stemma.relate.collate.schedule"),
    *("stemma.publish.reading.pages", "stemma.publish.search.index_pages", "stemma.publish.site"),
]
RULE = "clean/labels/rules/share.toml"
CLEANING = """
import json, sys
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
from stemma.clean.cleaning import clean
from stemma.records import Accession
text = "The lamp of Skarne\\n\\nBy Hanne Orlick\\n\\nThe lamp was lit again on Thursday, June 4, 2015.\\n"
clean([Accession("lamp", "packet/lamp.txt", "0" * 64, len(text), text, "utf-8", ())], {}, ())
print(json.dumps(opened))
"""


def python(code: str) -> list[str]:
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=PROJECT)
    found: list[str] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_all_that_a_stage_imports_is_in_its_digest(stage: str) -> None:
    loaded = python(f"import json, sys, {stage}; print(json.dumps([m.__file__ for m in sys.modules.values() "
                    "if m.__name__.partition('.')[0] == 'stemma']))")  # fmt: skip
    assert len(loaded) > 10
    assert {Path(name).relative_to(PROJECT / "stemma").as_posix() for name in loaded} <= set(packaged.part(stage))


def test_all_data_that_cleaning_reads_is_in_its_digest() -> None:
    inside = (PROJECT / "stemma").as_posix() + "/"
    opened = {name.removeprefix(inside) for name in python(CLEANING) if name.startswith(inside)}
    data = {name for name in opened if not name.endswith((".py", ".pyc"))}
    assert RULE in data
    assert data <= set(packaged.part("stemma.clean.cleaning"))


def test_a_stage_has_a_part_where_something_is_remembered() -> None:
    users = {
        path.relative_to(PROJECT).as_posix().removesuffix(".py").replace("/", ".")
        for path in (PROJECT / "stemma").rglob("*.py")
        if re.search(r"cache\.(?:key|memo)\(", path.read_text("utf-8"))
    }
    assert users == set(STAGES)


def test_a_changed_rule_is_cleaned_by_and_nothing_else_is_computed_again() -> None:
    assert [stage for stage in STAGES if RULE in packaged.part(stage)] == ["stemma.clean.cleaning"]


def test_another_way_to_clean_changes_no_word_that_was_read() -> None:
    assert "clean/labels/decoder.py" in packaged.part("stemma.clean.cleaning")
    assert not [
        name for name in packaged.part("stemma.relate.detect.corpus") if name.startswith(("clean/", "publish/"))
    ]


def test_every_library_of_the_program_is_in_its_digest() -> None:
    given = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert sorted(packaged.LIBRARIES) == sorted(re.split(r"[<>=]", one)[0] for one in given)
