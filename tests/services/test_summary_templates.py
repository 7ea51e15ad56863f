"""The union's own template: one in use, kept as a file under its hash, replaced and removed on record."""

from pathlib import Path

import pytest
from sqlmodel import Session, select

from tests.makers import NOW
from unionboard.errors.exports import TemplateLost, TemplateRemoved
from unionboard.errors.saving import StaleSave
from unionboard.models import SummaryTemplate, TemplateKind
from unionboard.models.changelog import Change
from unionboard.services.faults import FaultCode
from unionboard.services.summary_templates import find_template, list_templates, read_template, remove_template, store_template
from unionboard.services.verification import verify_data


def store(session: Session, folder: Path, content: bytes = b"one", name: str = "模板.docx") -> SummaryTemplate:
    return store_template(session, content, name, folder=folder, who="chair", now_utc=NOW)


def test_stored_template_is_in_use_and_read_back(session: Session, tmp_path: Path) -> None:
    row = store(session, tmp_path / "forms")

    assert find_template(session) == row
    assert read_template(row, folder=tmp_path / "forms") == b"one"
    assert (row.name, row.size_bytes) == ("模板.docx", 3)


def test_nothing_is_in_use_before_one_is_stored(session: Session) -> None:
    assert find_template(session) is None


def test_new_template_takes_the_place_of_the_one_before(session: Session, tmp_path: Path) -> None:
    first = store(session, tmp_path)

    second = store(session, tmp_path, b"two")

    assert find_template(session) == second
    assert first.removed_at_utc == NOW
    assert read_template(first, folder=tmp_path) == b"one"


def test_removed_template_does_not_bring_an_older_one_back(session: Session, tmp_path: Path) -> None:
    store(session, tmp_path)
    row = store(session, tmp_path, b"two")

    remove_template(session, row.id or 0, version=row.version, who="chair", now_utc=NOW)

    assert find_template(session) is None


def test_same_content_again_is_the_same_template(session: Session, tmp_path: Path) -> None:
    assert store(session, tmp_path) == store(session, tmp_path, name="另存.docx")
    assert len(session.exec(select(SummaryTemplate)).all()) == 1


def test_removing_twice_and_removing_what_moved_on_is_refused(session: Session, tmp_path: Path) -> None:
    row = store(session, tmp_path)

    with pytest.raises(StaleSave):
        remove_template(session, row.id or 0, version=row.version - 1, who="chair", now_utc=NOW)
    remove_template(session, row.id or 0, version=row.version, who="chair", now_utc=NOW)
    with pytest.raises(TemplateRemoved):
        remove_template(session, row.id or 0, version=row.version, who="chair", now_utc=NOW)


@pytest.mark.parametrize("content", [None, b"changed"])
def test_file_that_is_gone_or_changed_is_not_read(session: Session, tmp_path: Path, content: bytes | None) -> None:
    row = store(session, tmp_path)
    path = tmp_path / row.stored_name
    path.unlink() if content is None else path.write_bytes(content)

    with pytest.raises(TemplateLost):
        read_template(row, folder=tmp_path)


def test_choosing_a_changed_template_again_mends_it(session: Session, tmp_path: Path) -> None:
    row = store(session, tmp_path)
    (tmp_path / row.stored_name).write_bytes(b"eno")

    assert read_template(store(session, tmp_path), folder=tmp_path) == b"one"


def test_folders_in_the_name_are_cut_off(session: Session, tmp_path: Path) -> None:
    assert store(session, tmp_path, name="C:\\表格\\..\\模板.docx").name == "模板.docx"


def test_who_stored_and_removed_is_on_record(session: Session, tmp_path: Path) -> None:
    row = store(session, tmp_path)
    remove_template(session, row.id or 0, version=row.version, who="treasurer", now_utc=NOW)

    changes = session.exec(select(Change).where(Change.noun == "summary_template")).all()

    assert [(change.action, change.who) for change in changes] == [("create", "chair"), ("update", "treasurer")]


def test_papers_have_templates_of_their_own(session: Session, tmp_path: Path) -> None:
    summary = store(session, tmp_path)
    form = store_template(
        session, b"sheet", "签到.xlsx", folder=tmp_path, who="chair", now_utc=NOW, kind=TemplateKind.SIGN_IN, suffix=".xlsx"
    )

    assert (find_template(session), find_template(session, TemplateKind.SIGN_IN)) == (summary, form)
    assert find_template(session, TemplateKind.NOTICE) is None
    assert list_templates(session) == {TemplateKind.SUMMARY: summary, TemplateKind.SIGN_IN: form}
    assert form.stored_name.endswith(".xlsx")
    assert read_template(form, folder=tmp_path) == b"sheet"


def test_one_file_may_serve_two_papers_and_leave_one(session: Session, tmp_path: Path) -> None:
    summary = store(session, tmp_path)
    form = store_template(session, b"one", "模板.docx", folder=tmp_path, who="chair", now_utc=NOW, kind=TemplateKind.NOTICE)

    remove_template(session, form.id or 0, version=form.version, who="chair", now_utc=NOW)

    assert (find_template(session), find_template(session, TemplateKind.NOTICE)) == (summary, None)
    assert read_template(summary, folder=tmp_path) == b"one"


def test_verification_misses_the_file_of_a_papers_form(session: Session, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    form = store_template(session, b"sheet", "签到.xlsx", folder=forms, who="chair", now_utc=NOW, kind=TemplateKind.SIGN_IN, suffix=".xlsx")
    (forms / form.stored_name).unlink()

    report = verify_data(session, evidence_folder=tmp_path, form_folder=forms, now_utc=NOW)

    assert [(fault.code, fault.facts) for fault in report.faults] == [
        (FaultCode.FILE_MISSING, {"name": "签到.xlsx", "file": form.stored_name})
    ]
