"""Going back to a backup gives nobody back what was revoked since, and takes nothing from those who read today."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete

from tests.makers import NOW
from unionboard import db
from unionboard.config import read_config
from unionboard.models import AccessToken, TokenKind
from unionboard.services import access_tokens
from unionboard.services.backups import make_backup
from unionboard.services.restoring import restore_backup
from unionboard.services.token_keeping import keep_tokens, read_tokens
from unionboard.services.verification import verify_data

pytestmark = pytest.mark.sqlite  # a database on a server is restored by its keeper
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}
LATER = NOW + timedelta(hours=1)


def make(language: str) -> str:
    with db.writing() as session:
        return access_tokens.open_calendar(session, language=language, **STAMP).token


def opens(*tokens: str) -> list[bool]:
    with db.reading() as session:
        return [access_tokens.find_by_secret(session, token, TokenKind.CALENDAR) is not None for token in tokens]


def test_revoked_address_stays_revoked_and_a_newer_one_goes_on(demo: Engine, data_dir: Path) -> None:
    first = make("zh_CN")
    backup = make_backup(demo, folder=data_dir / "backups", label="daily", now_utc=NOW)
    with db.writing() as session:
        access_tokens.revoke(session, 1, **STAMP)
    newer = make("en")

    restore_backup(backup.path, who="chair", now_utc=LATER, actor=None)

    assert opens(first, newer) == [False, True]
    with db.reading() as session:
        assert [row.token for row in access_tokens.list_tokens(session)] == [newer]
        config = read_config()
        found = verify_data(session, evidence_folder=config.evidence_dir, form_folder=config.form_dir, now_utc=LATER)
    assert found.faults == ()


def test_on_a_new_computer_the_addresses_of_the_backup_open_again(demo: Engine, data_dir: Path) -> None:
    first = make("zh_CN")
    backup = make_backup(demo, folder=data_dir / "backups", label="daily", now_utc=NOW)
    demo.dispose()
    (data_dir / "unionboard.sqlite3").unlink()

    restore_backup(backup.path, who="chair", now_utc=LATER, actor=None)

    assert opens(first) == [True]


def test_address_that_was_kept_without_the_key_gets_a_new_one_beside(demo: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = make("zh_CN")
    with monkeypatch.context() as without_key:
        without_key.setenv("UNIONBOARD_KEY_FILE", str(tmp_path / "none.key"))
        with db.reading() as session:
            present = read_tokens(session)
    with db.writing() as session:
        session.execute(delete(AccessToken))
        keep_tokens(session, present, who="chair", now_utc=LATER)

    new = make("zh_CN")

    assert len(new) == 43
    assert opens(old, new) == [True, True]
