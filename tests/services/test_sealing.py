"""Whoever steals the database, a backup, the papers or what is left in the file's free pages reads no name."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text
from sqlmodel import Session, col, select

from tests.conftest import TODAY
from tests.makers import NOW
from tests.photos import make_photo
from unionboard import db, secrecy
from unionboard.config import read_config
from unionboard.errors.evidence import EvidenceMisnamed
from unionboard.models import CareVisit, FundPaper, PaperKind, metadata
from unionboard.models.base import SealedText
from unionboard.services import care, claim_drafts, evidence, fund_papers, private_names, sealing, stored_files
from unionboard.services.media import recognize
from unionboard.services.migrations import alembic_config, bring_up_to_date

STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}
NAMES = ("林小雨", "欧阳若兰")
LIST = "签领表：林小雨、欧阳若兰".encode()


def visit(session: Session, recipient: str, **values: Any) -> CareVisit:
    told = {"visited_on": date(2026, 11, 18), "kind": "birth", "today": TODAY, **STAMP, **values}
    return care.record_visit(session, recipient=recipient, **told)


def holds(path: Path, *texts: str) -> list[str]:
    """Those of ``texts`` that stand in the raw bytes of a file, in any encoding a database or a paper has them in."""
    content = path.read_bytes()
    return [told for told in texts if any(told.encode(encoding) in content for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"))]


def database_file(engine: Engine) -> Path:
    return Path(engine.url.database or "")


@pytest.mark.sqlite
def test_database_file_holds_no_name_after_changes_removals_and_forgetting(engine: Engine) -> None:
    with db.writing(engine) as session:
        kept, gone = visit(session, NAMES[0], goods="雨伞三把"), visit(session, NAMES[1])
    with db.writing(engine) as session:
        care.edit_visit(session, kept.id or 0, version=1, today=TODAY, recipient=NAMES[1], **STAMP)
        care.take_back_visit(session, gone.id or 0, booked_on=TODAY, reason="记重了", today=TODAY, **STAMP)
    with db.writing(engine) as session:
        private_names.forget_visits(session, [gone.id or 0], **STAMP)

    assert holds(database_file(engine), *NAMES, "雨伞三把") == []
    with db.reading(engine) as session:
        assert session.exec(select(CareVisit.recipient).order_by(col(CareVisit.id))).all() == [NAMES[1], ""]


@pytest.mark.sqlite
def test_journal_of_a_write_under_way_holds_no_name(engine: Engine) -> None:
    with db.writing(engine) as session:
        row = visit(session, NAMES[0])
    with db.writing(engine) as session:
        care.edit_visit(session, row.id or 0, version=1, today=TODAY, recipient=NAMES[1], **STAMP)
        journal = database_file(engine).with_name(f"{database_file(engine).name}-journal")

        assert journal.stat().st_size > 0
        assert holds(journal, *NAMES) == []


@pytest.mark.sqlite
def test_what_was_sealed_is_removed_from_the_file_when_it_is_forgotten(engine: Engine) -> None:
    with db.writing(engine) as session:
        row = visit(session, NAMES[0])
    with engine.connect() as connection:
        sealed: str = connection.execute(text("SELECT recipient FROM care_visit")).scalar_one()
    assert holds(database_file(engine), sealed) == [sealed]

    with db.writing(engine) as session:
        private_names.forget_visits(session, [row.id or 0], **STAMP)

    assert holds(database_file(engine), sealed) == []


def test_names_of_an_older_database_are_sealed_by_its_migration(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    engine = older_database(path)
    assert holds(path, *NAMES) == [*NAMES]

    bring_up_to_date(engine, backup_dir=tmp_path / "backups")

    assert holds(path, *NAMES, "雨伞三把") == []
    with db.reading(engine) as session:
        assert session.exec(select(CareVisit.recipient, CareVisit.goods)).all() == [(NAMES[0], "雨伞三把"), (NAMES[1], "")]
    engine.dispose()


def test_backup_before_the_migration_holds_no_name(tmp_path: Path) -> None:
    engine = older_database(tmp_path / "old.sqlite3")

    bring_up_to_date(engine, backup_dir=tmp_path / "backups")

    backups = [path for path in (tmp_path / "backups").rglob("*") if path.is_file()]
    assert backups
    assert [path.name for path in backups if holds(path, *NAMES)] == []
    engine.dispose()


def test_copy_of_an_older_database_is_sealed_and_still_migrates(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    older_database(path).dispose()

    with closing(sqlite3.connect(path, isolation_level=None)) as image:
        sealed = [sealing.seal_image(image), sealing.seal_image(image)]

    assert sealed == [3, 0]
    assert holds(path, *NAMES, "雨伞三把") == []
    engine = db.open_engine(f"sqlite:///{path}")
    bring_up_to_date(engine, backup_dir=tmp_path / "backups")
    with db.reading(engine) as session:
        assert session.exec(select(CareVisit.recipient)).all() == [*NAMES]
    engine.dispose()


def older_database(path: Path) -> Engine:
    """A database at the revision before names were sealed, with two visits in the open."""
    engine = db.open_engine(f"sqlite:///{path}")
    command.upgrade(alembic_config(engine), "0005")
    with engine.begin() as connection:
        names = {column["name"] for column in inspect(connection).get_columns("care_visit")}
        for recipient, goods in ((NAMES[0], "雨伞三把"), (NAMES[1], "")):
            told = {
                "visited_on": "2026-03-02",
                "kind": "birth",
                "recipient": recipient,
                "people": 1,
                "amount_fen": 0,
                "goods": goods,
                "visitors": "",
                "who": "chair",
                "created_at_utc": "2026-03-02 02:00:00",
                "removed": False,
                "form": "goods",
                "item": "member_activities",
                "source": "union_funds",
                "paper_seen": "",
                "seen_by": "",
                "version": 1,
            }
            assert set(told) <= names
            columns = ", ".join(told)
            connection.execute(text(f"INSERT INTO care_visit ({columns}) VALUES ({', '.join(f':{name}' for name in told)})"), told)
    return engine


def test_columns_that_copies_are_sealed_in_are_those_of_the_models() -> None:
    of_models = {
        table.name: tuple(column.name for column in table.columns if isinstance(column.type, SealedText))
        for table in metadata.sorted_tables
    }

    assert {name: columns for name, columns in of_models.items() if columns} == sealing.SEALED_COLUMNS


# --- papers ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(data_dir: Path) -> Path:
    return read_config().evidence_dir


def keep_list(session: Session, folder: Path, content: bytes = LIST, name: str = "签领表.txt", *, is_private: bool = True) -> FundPaper:
    """A signed list behind a claim."""
    claim = claim_drafts.save_claim(
        session, None, version=1, year=2026, kind="activity", purpose="趣味运动会", item="culture_sports", **STAMP
    )
    file = evidence.keep_file(content, name, folder=folder, is_private=is_private)
    return fund_papers.add_file(session, file, kind=PaperKind.SIGN_OFF, claim_id=claim.id, **STAMP)


def test_paper_that_names_people_lies_sealed_and_is_read_as_it_came(session: Session, folder: Path) -> None:
    paper = keep_list(session, folder)

    path = folder / paper.stored_name
    assert holds(path, *NAMES) == []
    assert evidence.read_file(paper, folder=folder) == LIST
    assert stored_files.hash_whole(path) == paper.sha256 == path.stem
    assert paper.size_bytes == len(LIST)


def test_paper_that_turns_out_to_name_people_is_sealed_when_it_is_noted(session: Session, folder: Path) -> None:
    paper = keep_list(session, folder, is_private=False)

    assert stored_files.is_sealed_file(folder / paper.stored_name)
    assert [path.name for path in folder.rglob("*") if path.is_file() and holds(path, *NAMES)] == []


def test_photo_of_a_list_leaves_no_small_picture_beside_it(session: Session, folder: Path) -> None:
    paper = keep_list(session, folder, make_photo(), "签领表.jpg", is_private=False)

    assert evidence.read_thumb(paper, folder=folder) is not None
    assert evidence.read_preview(paper, folder=folder) is not None
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [paper.stored_name]


def test_same_content_given_again_in_the_open_does_not_lay_it_open(session: Session, folder: Path) -> None:
    paper = keep_list(session, folder)

    evidence.keep_file(LIST, "再来一次.txt", folder=folder)

    assert stored_files.is_sealed_file(folder / paper.stored_name)


def test_invoice_stays_open(session: Session, folder: Path) -> None:
    file = evidence.keep_file(b"%PDF-1.4\n% a page\n%%EOF\n", "发票.pdf", folder=folder)

    assert (folder / file.stored_name).read_bytes().startswith(b"%PDF-")


def test_papers_kept_before_there_was_a_key_are_sealed(session: Session, folder: Path) -> None:
    paper = keep_list(session, folder)
    (folder / paper.stored_name).write_bytes(LIST)
    connection = session.connection()
    assert sealing.find_open_files(session, folder) == (paper.stored_name,)

    sealed = [sealing.seal_private_files(connection, folder), sealing.seal_private_files(connection, folder)]

    assert sealed == [1, 0]
    assert sealing.find_open_files(session, folder) == ()
    assert evidence.read_file(paper, folder=folder) == LIST


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
def test_no_text_begins_like_a_sealed_file(encoding: str) -> None:
    with pytest.raises(UnicodeDecodeError):
        secrecy.FILE_MARK.decode(encoding)


def test_file_that_pretends_to_be_sealed_is_not_taken() -> None:
    with pytest.raises(EvidenceMisnamed):
        recognize(secrecy.FILE_MARK + b"abc", "签到.txt")
