"""What a large archive lays aside in a file is what a small one holds in memory."""

import errno
import pickle

import pytest

from stemma.problems import BuildFailed
from stemma.receive import spool as spool_module
from stemma.receive.spool import Holding, Spool, changed, whole, without_text
from stemma.records import Accession, Block, Claim, Field, Label, Paragraph, Witness

ACCESSION = Accession("a", "a.txt", "0" * 64, 30, "The bridge\nIt stood há 30 years.\n", "utf-8", own=(("x_box", "7"),))
WITNESS = Witness(
    ACCESSION,
    (Block(1, 1, Label.TITLE, "title.first"), Block(2, 2, Label.BODY, "model.body", 0.8)),
    (Paragraph("It stood há 30 years."),),
    (Claim(Field.TITLE, ("The bridge",), "title.first", 1),),
)


def test_what_is_laid_aside_is_read_back() -> None:
    spool = Spool()
    laid = spool.witness(Witness(spool.accession(ACCESSION), WITNESS.blocks, WITNESS.body, WITNESS.claims))
    assert (laid.body, laid.blocks, laid.claims) == (WITNESS.body, WITNESS.blocks, WITNESS.claims)
    assert laid.text == WITNESS.text
    assert laid.accession.lines == ACCESSION.lines
    assert whole(laid) == WITNESS
    assert whole(WITNESS) is WITNESS


def test_another_process_receives_it_whole() -> None:
    spool = Spool()
    accession = spool.accession(ACCESSION)
    sent = pickle.loads(pickle.dumps((accession, spool.witness(Witness(accession, (), WITNESS.body, ())))))
    assert sent == (ACCESSION, Witness(ACCESSION, (), WITNESS.body, ()))


def test_other_fields_are_given_without_reading_the_text() -> None:
    laid = Spool().accession(ACCESSION)
    moved = changed(laid, id="b")
    assert (moved.id, moved.text, laid.id) == ("b", ACCESSION.text, "a")
    assert changed(ACCESSION, id="b").id == without_text(changed(laid, id="b")).id == "b"


def test_texts_are_laid_aside_once_they_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Holding()
    monkeypatch.setattr(spool_module, "MAX_HELD", len(ACCESSION.text))
    held.add(ACCESSION)
    assert held.spool is None
    held.add(changed(ACCESSION, id="b"))
    assert held.spool is not None
    assert [(one.id, one.text) for one in held.accessions] == [("a", ACCESSION.text), ("b", ACCESSION.text)]


def test_half_of_a_surrogate_pair_is_kept() -> None:
    spool = Spool()
    odd = Witness(spool.accession(Accession("a", "a.txt", "", 1, "\ud800", "utf-8")), (), (Paragraph("\ud800"),), ())
    assert spool.witness(odd).body == odd.body
    assert odd.accession.text == "\ud800"


def test_a_full_disk_ends_the_build_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool()

    def full(_: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(spool._file, "write", full)
    with pytest.raises(BuildFailed) as failed:
        spool.put(b"x")
    assert [problem.what for problem in failed.value.problems] == ["cannot be written: No space left on device"]
