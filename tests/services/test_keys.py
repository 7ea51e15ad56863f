"""The key to names: with it, without it, and with another one."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.conftest import TODAY
from tests.makers import NOW
from unionboard import db, secrecy
from unionboard.config import read_config
from unionboard.errors.permissions import Locked, NotYours
from unionboard.errors.safekeeping import KeyFits, KeyMissing, KeyUnreadable
from unionboard.models import AccountRole, CareVisit, Change, FundPaper, PaperKind
from unionboard.services import care, claim_drafts, evidence, fund_papers, keys, private_names
from unionboard.services.guard import Actor, bind_actor
from unionboard.services.keys import KeyState

STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


def visit(session: Session, recipient: str = "", **values: Any) -> CareVisit:
    told = {"visited_on": date(2026, 11, 18), "kind": "birth", "today": TODAY, **STAMP, **values}
    return care.record_visit(session, recipient=recipient, **told)


@pytest.fixture
def own_key(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key of this test's own, which its data are sealed with."""
    path = tmp_path / "own.key"
    monkeypatch.setenv("UNIONBOARD_KEY_FILE", str(path))
    row = keys.load_safekeeping(session)
    row.key_id = secrecy.create_key()
    session.add(row)
    session.flush()
    return path


def put_other_key(path: Path) -> None:
    path.unlink()
    secrecy.create_key()


def recipient_of(session: Session) -> str:
    session.expire_all()
    return session.exec(select(CareVisit.recipient)).one()


def test_key_file_is_for_its_owner_alone_and_says_what_it_is(session: Session, own_key: Path) -> None:
    assert own_key.stat().st_mode & 0o777 == 0o600
    assert own_key.read_text(encoding="utf-8").splitlines()[0].startswith("# Unionboard: the key to names and private papers.")
    assert secrecy.made_at() is not None


def test_key_in_its_place_fits(session: Session, own_key: Path) -> None:
    facts = keys.inspect_key(session)

    assert (facts.state, facts.place, facts.kept_at_utc) == (KeyState.FITS, own_key, None)


def test_key_is_not_part_of_its_id(session: Session, own_key: Path) -> None:
    assert secrecy.key_id() not in own_key.read_text(encoding="utf-8")


def test_without_the_key_names_read_as_stars_and_the_rest_goes_on(session: Session, own_key: Path) -> None:
    visit(session, "林小雨")
    own_key.unlink()

    assert recipient_of(session) == "******"
    assert keys.inspect_key(session).state is KeyState.MISSING
    assert visit(session).recipient == ""
    assert len(care.list_visits(session, first=date(2026, 1, 1), last=date(2026, 12, 31))) == 2


def test_without_the_key_new_names_are_refused_with_a_sentence(session: Session, own_key: Path) -> None:
    own_key.unlink()

    with pytest.raises(KeyMissing) as refused:
        visit(session, "林小雨")

    assert refused.value.facts == {"place": own_key}


def test_with_another_key_names_read_as_stars_and_new_ones_are_refused(session: Session, own_key: Path) -> None:
    visit(session, "林小雨")
    put_other_key(own_key)

    assert recipient_of(session) == "******"
    assert keys.inspect_key(session).state is KeyState.OTHER
    with pytest.raises(KeyUnreadable):
        visit(session, "林小荷")


@pytest.mark.parametrize("content", ["", "# only words\n", "no key\n", "第一行\n", f"{'A' * 43}=\n" * 2])
def test_file_that_holds_no_key_is_told_apart_and_nothing_is_kept_with_it(session: Session, own_key: Path, content: str) -> None:
    own_key.write_text(content, encoding="utf-8")

    assert keys.inspect_key(session).state is KeyState.UNREADABLE
    with pytest.raises(KeyUnreadable):
        visit(session, "林小雨")


def test_other_fields_of_a_visit_change_without_the_key_and_the_name_comes_back_with_it(session: Session, own_key: Path) -> None:
    row = visit(session, "林小雨")
    key = own_key.read_bytes()
    own_key.unlink()
    session.expire_all()

    care.edit_visit(session, row.id or 0, version=1, today=TODAY, people=2, **STAMP)
    own_key.write_bytes(key)

    assert recipient_of(session) == "林小雨"


def test_names_are_forgotten_without_the_key_too(session: Session, own_key: Path) -> None:
    visit(session, "林小雨")
    own_key.unlink()
    session.expire_all()

    assert private_names.forget_names(session, last=TODAY, **STAMP) == 1
    assert recipient_of(session) == ""


def test_private_paper_is_neither_kept_nor_opened_without_the_key(session: Session, own_key: Path, tmp_path: Path) -> None:
    claim = claim_drafts.save_claim(
        session, None, version=1, year=2026, kind="activity", purpose="趣味运动会", item="culture_sports", **STAMP
    )
    file = evidence.keep_file("林小雨".encode(), "签领表.txt", folder=tmp_path / "evidence", is_private=True)
    paper = fund_papers.add_file(session, file, kind=PaperKind.SIGN_OFF, claim_id=claim.id, **STAMP)
    own_key.unlink()

    with pytest.raises(KeyMissing):
        fund_papers.reveal_paper(session, paper.id or 0, **STAMP)
    with pytest.raises(KeyMissing):
        evidence.keep_file("林小荷".encode(), "签领表.txt", folder=tmp_path / "evidence", is_private=True)
    assert len(list((tmp_path / "evidence").iterdir())) == len(session.exec(select(FundPaper)).all()) == 1


# --- its copy, and a new one ----------------------------------------------------------------------------------------------------


def chair(*, unlocked: bool = True) -> Actor:
    until = NOW + timedelta(minutes=10) if unlocked else None
    return Actor(name="陈立群", roles=frozenset({AccountRole.CHAIR}), origin="10.0.0.7", unlocked_until_utc=until)


def test_copy_of_the_key_is_taken_by_the_chair_and_written_down(session: Session, own_key: Path) -> None:
    bind_actor(session, chair())

    content = keys.take_key_copy(session, who="陈立群", now_utc=NOW)

    assert content == own_key.read_bytes()
    line = session.exec(select(Change).where(Change.action == "export")).one()
    assert (line.who, line.noun, line.row_id, line.after) == ("陈立群", "export", 0, {"what": "key", "names": False})


def test_copy_of_the_key_takes_the_unlock(session: Session, own_key: Path) -> None:
    bind_actor(session, chair(unlocked=False))

    with pytest.raises(Locked):
        keys.take_key_copy(session, who="陈立群", now_utc=NOW)


@pytest.mark.parametrize("role", [role for role in AccountRole if role is not AccountRole.CHAIR])
def test_key_is_the_chairs_alone(session: Session, own_key: Path, role: AccountRole) -> None:
    bind_actor(session, Actor(name="何敏", roles=frozenset({role}), unlocked_until_utc=NOW + timedelta(minutes=10)))

    for deed in (keys.take_key_copy, keys.note_key_kept, keys.begin_anew):
        with pytest.raises(NotYours):
            deed(session, who="何敏", now_utc=NOW)


def test_somebody_says_that_a_copy_is_kept(session: Session, own_key: Path) -> None:
    keys.note_key_kept(session, **STAMP)

    assert keys.inspect_key(session).kept_at_utc == NOW


def test_lost_key_is_given_up_and_new_names_are_taken_again(session: Session, own_key: Path) -> None:
    visit(session, "林小雨")
    keys.note_key_kept(session, **STAMP)
    own_key.unlink()

    keys.begin_anew(session, **STAMP)
    visit(session, "林小荷")

    session.expire_all()
    assert session.exec(select(CareVisit.recipient).order_by(CareVisit.id)).all() == ["******", "林小荷"]  # type: ignore[arg-type]
    assert (keys.inspect_key(session).state, keys.inspect_key(session).kept_at_utc) == (KeyState.FITS, None)


def test_key_that_fits_is_not_given_up(session: Session, own_key: Path) -> None:
    with pytest.raises(KeyFits):
        keys.begin_anew(session, **STAMP)


def test_what_lies_in_the_keys_place_is_never_overwritten(session: Session, own_key: Path) -> None:
    own_key.write_text("no key\n", encoding="utf-8")

    with pytest.raises(KeyUnreadable):
        keys.begin_anew(session, **STAMP)

    assert own_key.read_text(encoding="utf-8") == "no key\n"


def test_settings_of_this_process_say_where_the_key_lies(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UNIONBOARD_KEY_FILE")

    assert read_config().key_path == read_config().data_dir / "unionboard.key"
    with db.reading(engine) as session:
        assert keys.inspect_key(session).state is KeyState.MISSING
