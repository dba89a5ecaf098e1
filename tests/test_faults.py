"""Killed, interrupted, out of space, twice at once: the old site or the new one, whole, and the next build is clean."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from stemma.__main__ import INTERRUPTED
from stemma.problems import BuildFailed
from stemma.publish.output import manifest, staging
from stemma.workers import MIN_VALUES, engine
from tests.archivist import PROJECT, Archivist
from tests.test_determinism import bytes_of

STORY = """The lamp at {place}

By Hanne Orlick

Velmouth Packet, June {day}, 2015

The lamp at {place} was lit again on Thursday, after eleven years in which the boats had steered by the baker's window.

The baker says that he will keep his window lit all the same, since {day} of his customers come in from the sea.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], dict[str, bytes], float]:
    """A folder built once and changed since; the bytes of its old site and of its new one; how long a build takes."""
    one = Archivist(tmp_path_factory.mktemp("faults") / "old")
    for number, place in enumerate(("Tolleby", "Ennick", "Corvey"), 1):
        one.receive(f"{place.lower()}.txt", STORY.format(place=place, day=number))
    one.build(search=True)
    old = bytes_of(one.site)
    one.receive("copy.txt", STORY.format(place="Tolleby", day=1))
    one.receive("oddly.txt", STORY.format(place="Oddly", day=9))
    new = Archivist(one.folder.parent / "new")
    shutil.copytree(one.folder, new.folder)
    began = time.monotonic()
    said, _ = start(new).communicate()
    seconds = time.monotonic() - began
    assert "warning" not in said
    return one.folder, old, bytes_of(new.site), seconds


def start(archivist: Archivist, limit: Callable[[], None] | None = None, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(PROJECT / "build.py"), "--content", "content", "--site", "site", *options]
    return subprocess.Popen(
        command,
        cwd=archivist.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=limit,  # noqa: PLW1509 - there are no threads here
    )


def copy(built: tuple[Path, object, object, object], folder: Path) -> Archivist:
    shutil.copytree(built[0], folder / "it")
    return Archivist(folder / "it")


Built = tuple[Path, dict[str, bytes], dict[str, bytes], float]


KILLS = [(signal.SIGKILL, 0.75), (signal.SIGTERM, 0.15), (signal.SIGINT, 0.6)]
LONG = os.environ.get("STEMMA_LONG", "")
if LONG:
    KILLS += [(signals, share / 20) for signals in (signal.SIGKILL, signal.SIGTERM) for share in range(1, 21)]
MANY_KILLS = 60 if LONG else 3
"""Builds killed one after the other, over one cache."""


@pytest.mark.parametrize(("number", "share"), KILLS)
def test_a_build_ended_at_any_moment(built: Built, tmp_path: Path, number: signal.Signals, share: float) -> None:
    one = copy(built, tmp_path)
    process = start(one)
    time.sleep(built[3] * share)
    if process.poll() is None:
        os.killpg(process.pid, number)
    said, _ = process.communicate()
    assert bytes_of(one.site) in (built[1], built[2])
    assert "Traceback" not in said
    one.build(search=True)
    assert bytes_of(one.site) == built[2]
    assert sorted(path.name for path in one.folder.iterdir()) == [
        ".stemma-cache",
        "build-report.json",
        "content",
        "site",
    ]
    assert not list((one.content / "pages").glob(".*"))


def test_builds_killed_one_after_the_other_leave_a_cache_that_gives_the_same_bytes(
    built: Built, tmp_path: Path
) -> None:
    one = copy(built, tmp_path)
    moments = random.Random(16)
    for turn in range(MANY_KILLS):
        one.receive("turn.txt", STORY.format(place=f"Turn {turn}", day=turn % 28 + 1))
        process = start(one)
        time.sleep(built[3] * moments.uniform(0.1, 1.1))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert list(manifest.verify(one.site)) == []
    (one.content / "raw" / "turn.txt").unlink()
    said = one.build(search=True)
    assert not [line for line in said.split("\n") if "cache" in line]
    assert bytes_of(one.site) == built[2]
    assert not [path for path in one.folder.rglob("*") if "unfinished" in path.name]


KILLED = """
import json, os, signal, sys
from pathlib import Path
from stemma.__main__ import main

project, last, told = sys.argv[1], int(sys.argv[2]), sys.argv[3]
del sys.argv[1:4]
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "ctypes.dlsym"}
events = []


def heard(event, arguments):
    if event in CHANGES or event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        events.append(f"{event} {arguments}")
        if len(events) == last:
            os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(heard)
code = main(Path(project))
if last == 0:
    Path(told).write_text(json.dumps(events))
sys.exit(code)
"""
"""A build that is killed just before it changes a file or a folder for the n-th time, or that lists what it changes."""
AIMED = 30 if LONG else 2
"""Kills around the moment in which the new site takes its place, and as many around the new register."""


def killed(one: Archivist, last: int) -> list[str]:
    """Build with --accept, killed just before a change; without one, all its changes."""
    told = one.folder.parent / "told.json"
    command = [sys.executable, "-c", KILLED, str(PROJECT), str(last), str(told), "--content", "content"]
    subprocess.run(
        [*command, "--site", "site", "--accept", "--jobs", "1"],
        cwd=one.folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=not last,
    )
    return list(json.loads(told.read_text("utf-8"))) if not last else []


def test_kills_aimed_at_the_swap_and_the_register(built: Built, tmp_path: Path) -> None:
    """Whichever change a build dies before, the site and the register are the old or the new ones, whole."""
    listed = copy(built, tmp_path / "listed")
    events = killed(listed, 0)
    known = (listed.content / "manifest-sha256.txt").read_bytes()
    swap = next(at for at, event in enumerate(events) if "renameat2" in event)
    accept = next(at for at, event in enumerate(events) if "os.rename" in event and "manifest-sha256.txt" in event)
    assert accept < swap < len(events) - 5
    sites, registers = set(), set()
    for aim in (swap, accept):
        for place in range(aim + 2 - AIMED // 2, aim + 2 + AIMED // 2):
            one = copy(built, tmp_path / str(place))
            killed(one, place)
            register = one.content / "manifest-sha256.txt"
            found = register.read_bytes() if register.exists() else None
            registers.add(found)
            assert found in (None, known)
            sites.add(bytes_of(one.site) == built[2])
            assert bytes_of(one.site) in (built[1], built[2])
            one.build("--accept", search=True)
            assert bytes_of(one.site) == built[2]
            assert register.read_bytes() == known
            assert not [path for path in one.folder.rglob("*") if "unfinished" in path.name or "staging" in path.name]
    assert (sites, registers) == ({True, False}, {None, known}), "kills on both sides of both moments"


@pytest.mark.parametrize("size", [0, 512, 20_000])
def test_no_space_for_a_file_is_one_line_and_the_old_site_stays(built: Built, tmp_path: Path, size: int) -> None:
    one = copy(built, tmp_path)
    process = start(one, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    said, _ = process.communicate()
    assert process.returncode == 1, said
    assert "Traceback" not in said
    assert said.strip().split("\n")[-1].startswith("Nothing was published")
    assert bytes_of(one.site) == built[1]
    one.build(search=True)
    assert bytes_of(one.site) == built[2]


def test_two_builds_at_once_wait_for_each_other(built: Built, tmp_path: Path) -> None:
    one = copy(built, tmp_path)
    builds = [start(one), start(one)]
    said = [process.communicate()[0] for process in builds]
    assert [process.returncode for process in builds] == [0, 0], said
    assert bytes_of(one.site) == built[2]


def test_pages_that_cannot_be_written_are_a_warning(built: Built, tmp_path: Path) -> None:
    one = copy(built, tmp_path)
    shutil.rmtree(one.content / "pages")
    (one.content / "pages").write_text("no folder")
    said = one.build(search=True)
    assert "warning: content/pages: pages cannot be written" in said
    assert bytes_of(one.site) == built[2]


def test_what_a_dead_build_left_is_cleared(built: Built, tmp_path: Path) -> None:
    one = copy(built, tmp_path)
    for name in (".site-staging", ".site-staging-search"):
        (one.folder / name / "deep").mkdir(parents=True)
    one.build(search=True)
    assert sorted(path.name for path in one.folder.iterdir()) == [
        ".stemma-cache",
        "build-report.json",
        "content",
        "site",
    ]


def test_a_swap_that_was_cut_in_two_is_undone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    before = staging.staging(site, "before")
    before.mkdir()
    (before / "index.html").write_text("old")
    with pytest.raises(OSError, match="full"), staging.fresh(site):
        raise OSError("full")
    assert (site / "index.html").read_text() == "old"


def test_a_swap_leaves_no_moment_without_a_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for text in ("first", "second"):
        with staging.fresh(site) as folder:
            (folder / "index.html").write_text(text)
            staging.swap(folder, site)
    assert (site / "index.html").read_text() == "second"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_mount_point_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    point = next((path for path in (Path("/dev/shm"), Path("/proc"), Path("/")) if path.is_mount()), None)
    if point is None:
        pytest.skip("nothing is mounted here")
    (problem,) = staging.safe_target(point)
    assert problem.what == "is a mount point, which no folder can take the place of"
    assert staging.safe_target(tmp_path / "site") == ()


def test_a_site_behind_a_link_on_another_file_system(built: Built, tmp_path: Path) -> None:
    other = Path("/dev/shm")
    if not os.access(other, os.W_OK) or other.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other file system to write to")
    one = copy(built, tmp_path)
    with TemporaryDirectory(dir=other) as there:
        shutil.rmtree(one.site)
        one.site.symlink_to(Path(there) / "deep" / "site")
        for _ in range(2):
            one.build("--no-cache", search=True)
            assert bytes_of(Path(there) / "deep" / "site") == built[2]
        assert one.site.is_symlink()
        assert not list((Path(there) / "deep").glob(".*"))


def test_a_process_of_the_build_that_is_ended_from_outside_is_one_error() -> None:
    with pytest.raises(BuildFailed) as failed, engine(2) as workers:
        list(workers.map(_end, range(MIN_VALUES)))
    assert "ended from outside" in failed.value.problems[0].what


STAGES = ["curation", "publish"]
"""After which stages a build is ended: the lines it prints. Publishing goes on with the search index."""
if LONG:
    STAGES = ["receive", "curation", "clean", "relate", "pages", "publish"]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Archivist:
    """An archive of enough texts for several processes."""
    one = Archivist(tmp_path_factory.mktemp("many"))
    for number in range(MIN_VALUES + 50):
        one.receive(f"{number:03}.txt", STORY.format(place=f"Pier {number}", day=number % 28 + 1))
    one.settle()
    return one


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_that_is_asked_to_end_ends_in_any_stage(many: Archivist, tmp_path: Path, stage: str, jobs: str) -> None:
    one = Archivist(tmp_path / "it")
    shutil.copytree(many.folder, one.folder)
    process = start(one, None, "--jobs", jobs)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(stage):
            break
    time.sleep(0.3)
    began = time.monotonic()
    process.terminate()
    said, _ = process.communicate(timeout=60)
    if LONG:
        print(f"after {stage}, {jobs} processes: ended in {time.monotonic() - began:.2f} s")  # noqa: T201
    assert process.returncode == INTERRUPTED, said
    assert said.strip().endswith("Stopped. The site is whole: the previous one or the new one.")
    assert not one.site.exists() or list(manifest.verify(one.site)) == []
    assert not _in_session(process.pid)


def _in_session(leader: int) -> list[str]:
    """The processes that a build has left behind."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, session = path.read_text().rpartition(")")[2].split()[:4]
            if int(session) == leader and state != "Z":
                found.append(path.parent.name)
    return found


def _end(number: int) -> int:
    if number == 100:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_the_processes_of_a_build_that_is_killed_end_with_it(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys, time\n"
        "from stemma.workers import engine\n"
        "def tell(number):\n"
        "    open(os.path.join(sys.argv[1], str(os.getpid())), 'w').close()\n"
        "    time.sleep(0.01)\n"
        "with engine(2) as workers:\n"
        "    list(workers.map(tell, range(4000)))\n"
    )
    (tmp_path / "program.py").write_text(program)
    pids = tmp_path / "pids"
    pids.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    process = subprocess.Popen([sys.executable, tmp_path / "program.py", pids], env=environment)
    until = time.monotonic() + 30
    while len(list(pids.iterdir())) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    process.kill()
    process.wait()
    while any(Path(f"/proc/{pid.name}").exists() for pid in pids.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [pid.name for pid in pids.iterdir() if _alive(int(pid.name))]


def _alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
