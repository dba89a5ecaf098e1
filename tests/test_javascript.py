"""The site's scripts: a linter, and tests of their pure parts by node's own runner. Where there is no node, skipped."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from stemma.text import FOLDING, fold, words_of
from tests.archivist import PROJECT

HERE = PROJECT / "tests" / "javascript"
SCRIPTS = PROJECT / "templates" / "static"
NODE = shutil.which("node")
LINTER = HERE / "node_modules" / ".bin" / "oxlint"
TEXTS = (
    "The lamp at Ennick goes out, snake_case and 84,000 crowns",
    "Ærø, naïve cafe\u0301 and café; ﬁsh ﬂeet; straße STRASSE",
    "La pêche à Corvey, l’été 1979",
    "Отмель в устье Велма снова переместилась; ёлка Ёлка",
    "عادَ الجَرَسُ القديمُ إلى برج الميناء ـــ ٢٠١٧",
    "鐘は霧の日だけ鳴らす。ガラス ｶﾞﾗｽ Ｆｕｌｌ １２",
    "灯塔看守人把钟调慢了十分钟",
    "नदी के किनारे लालटेन १२",
    "กระดิ่งเก่ากลับมา",
    "soft\u00adhyphen zero\u200bwidth joiner\u200dhere",
    "İstanbul ISPARTA ılık",
    "a" + "\u0301" * 40,
    "… ?! —",
)


@pytest.mark.skipif(NODE is None, reason="node is not installed: the scripts are not tested by themselves")
def test_pure_parts(tmp_path: Path) -> None:
    for path in [*SCRIPTS.glob("*.js"), *HERE.glob("*.test.js"), HERE / "package.json"]:
        shutil.copy(path, tmp_path)
    words = [{"text": text, "words": words_of(text), "folded": [*map(fold, words_of(text))]} for text in TEXTS]
    (tmp_path / "words.json").write_text(json.dumps(words), "ascii")
    (tmp_path / "folding.json").write_text(json.dumps(FOLDING), "ascii")
    tests = sorted(path.name for path in HERE.glob("*.test.js"))
    done = subprocess.run(
        [str(NODE), "--test", *tests],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "pass 0" not in done.stdout


@pytest.mark.skipif(not LINTER.exists(), reason="npm is not installed: the scripts are not linted")
def test_scripts_have_no_suspicious_code() -> None:
    command = [str(LINTER), "--config", str(HERE / "oxlint.json"), str(SCRIPTS), str(HERE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
