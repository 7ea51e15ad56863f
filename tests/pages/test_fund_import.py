"""A file on the fund page: seen, questioned, imported."""

from collections.abc import Callable

from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import FileUploader

from unionboard.models import FundEntry, ImportMapping

LEDGER = "日期,摘要,科目,收入,支出\n2026-03-02,会费,会费收入,500,\n2026-03-05,买球,文体活动,,80\n"
OpenPage = Callable[..., AppTest]


def field(at: AppTest) -> FileUploader:
    """Where the file goes; its key changes with every file."""
    return next(each for each in at.file_uploader if str(each.key).startswith("import_file_"))


def choose(open_page: OpenPage, text: str, name: str = "台账.csv") -> AppTest:
    at = open_page("fund")
    at.button(key="begin_import").click().run()
    field(at).upload(name, text.encode(), "text/csv").run()
    assert not at.exception, at.exception
    return at


def entries(engine: Engine) -> list[FundEntry]:
    with Session(engine) as session:
        return list(session.exec(select(FundEntry)))


def test_file_is_shown_as_it_will_be_stored_and_then_stored(open_page: OpenPage, engine: Engine) -> None:
    at = choose(open_page, LEDGER)
    shown = next(str(getattr(each, "value")) for each in at.get("html") if "<table" in str(getattr(each, "value")))
    assert entries(engine) == []
    assert all(text in shown for text in ("会费", "¥500.00", "买球", "¥80.00"))

    at.button(key="go_import").click().run()

    assert [(row.purpose, row.amount_fen) for row in entries(engine)] == [("会费", 50_000), ("买球", 8_000)]


def test_second_import_offers_nothing(open_page: OpenPage) -> None:
    choose(open_page, LEDGER).button(key="go_import").click().run()
    at = open_page("fund")
    at.button(key="go_open_import").click().run()
    field(at).upload("台账.csv", LEDGER.encode(), "text/csv").run()

    assert at.button(key="go_import").disabled


def test_word_that_is_no_item_is_asked_and_remembered(open_page: OpenPage, engine: Engine) -> None:
    at = choose(open_page, LEDGER + "2026-03-06,x,神秘,,5\n")
    assert at.button(key="go_import").disabled

    at.selectbox(key="import_word_0_0").set_value("education").run()
    at.button(key="go_import").click().run()

    with Session(engine) as session:
        assert [row.items for row in session.exec(select(ImportMapping))] == [{"神秘": "education"}]
    assert entries(engine)[-1].item == "education"


def test_refused_row_is_left_out_on_purpose(open_page: OpenPage, engine: Engine) -> None:
    at = choose(open_page, LEDGER + '2026-03-06,x,文体活动,,"1,20"\n')
    assert at.button(key="go_import").disabled

    at.button(key="import_leave_4").click().run()
    at.button(key="go_import").click().run()

    assert len(entries(engine)) == 2


def test_file_that_is_no_table_is_refused_in_one_sentence(open_page: OpenPage) -> None:
    at = choose(open_page, "hello\nworld\n", name="x.csv")

    assert [error.value[:7] for error in at.error] == ["没有找到表头。"]


def test_budget_is_set_from_a_table(open_page: OpenPage) -> None:
    at = open_page("fund")
    at.button(key="begin_import").click().run()
    at.segmented_control(key="import_kind").set_value("budget").run()
    uploader = field(at)
    uploader.upload("预算.csv", "科目,预算（万元）\n会费收入,1.2\n文体活动,0.8\n".encode(), "text/csv").run()

    assert at.button(key="go_import").label == "写入预算 2 项"
    at.button(key="go_import").click().run()
    assert not at.exception, at.exception
