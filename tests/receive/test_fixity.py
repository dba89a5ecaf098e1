"""The register: what it records, what it finds, what it forgets."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from stemma.receive import fixity, register
from stemma.receive.fixity import RawFiles
from stemma.receive.register import Register
from stemma.records import Severity

A, B = "a" * 64, "b" * 64
paths = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=20)


@given(st.dictionaries(paths, st.sampled_from([A, B]), max_size=5), st.dictionaries(paths, st.just(A), max_size=2))
def test_what_is_written_reads_back(files: dict[str, str], withdrawn: dict[str, str]) -> None:
    known = Register(files, {path: sha for path, sha in withdrawn.items() if path not in files})
    assert register.parse(register.formatted(known), "register") == (known, ())


def test_changed_and_missing_are_errors_new_and_moved_are_notes() -> None:
    known = Register({"a.txt": A, "b.txt": B, "c.txt": "c" * 64}, {})
    found = {
        p.where: p.severity
        for p in fixity.differences(known, RawFiles({"a.txt": B, "d.txt": B, "e.txt": "e" * 64}, {}))
    }
    assert found == {
        "raw/a.txt": Severity.ERROR,
        "raw/b.txt": Severity.NOTE,
        "raw/c.txt": Severity.ERROR,
        "raw/d.txt": Severity.NOTE,
        "raw/e.txt": Severity.NOTE,
    }


def test_a_withdrawn_file_may_go_and_its_hash_stays() -> None:
    known = Register({"a.txt": A, "b.txt": B}, {})
    assert list(fixity.differences(known, RawFiles({"b.txt": B}, {"a.txt": A}))) == []
    after, said = fixity.accepted(known, RawFiles({"b.txt": B}, {"a.txt": A}), ())
    assert said == ("withdrawn  a.txt",)
    assert register.formatted(after).split("\n")[1:] == [f"# withdrawn {A}  a.txt", f"{B}  b.txt", ""]
    assert list(fixity.differences(after, RawFiles({"b.txt": B}, {}))) == []


def test_accepting_one_path_leaves_the_others() -> None:
    known = Register({"a.txt": A, "x/b.txt": B}, {})
    after, said = fixity.accepted(known, RawFiles({"c.txt": B, "x/b.txt": A}, {}), ("x",))
    assert said == ("changed  x/b.txt",)
    assert after.files == {"a.txt": A, "x/b.txt": A}


@given(st.data())
def test_a_register_that_is_not_whole_is_an_error(data: st.DataObject) -> None:
    known = Register({"a.txt": A, "x/b.txt": B, "č.txt": A}, {"gone.txt": B})
    whole = register.formatted(known).encode()
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = data.draw(
        st.sampled_from([
            b"",
            whole[:place],
            whole[:place] + bytes([whole[place] ^ 1 << data.draw(st.integers(0, 7))]) + whole[place + 1 :],
            whole.replace(b"\n", b"", 3),
        ])
    )  # fmt: skip
    _, problems = register.parse(damaged.decode("utf-8", "replace"), "register")
    assert [problem for problem in problems if problem.severity is Severity.ERROR]


def test_a_register_of_the_first_version_is_read_with_a_warning() -> None:
    known, (problem,) = register.parse(f"# withdrawn {B}  b.txt\r\n{A}  a.txt\r\n", "register")
    assert known == Register({"a.txt": A}, {"b.txt": B})
    assert problem.severity is Severity.WARNING


def test_a_damaged_line_is_an_error_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "r").write_text(f"{A}  a.txt\n{B[:20]}  b.txt\n")
    _, (problem,) = register.read(tmp_path / "r")
    assert (problem.severity, problem.line) == (Severity.ERROR, 2)
    assert register.read(tmp_path / "none") == (None, ())
