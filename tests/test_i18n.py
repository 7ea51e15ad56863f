"""Every sentence the program can say is said in Chinese, with the same slots."""

import string

import pytest

from tests.messages import collect_sentences
from unionboard.config import LANGUAGES
from unionboard.errors.checkoffs import DateInFuture
from unionboard.errors.saving import StaleSave
from unionboard.i18n import choose_language, load_catalogue, tell_refusal, translate, translate_count


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """What the code says."""
    return sorted(collect_sentences())


def slots(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_sentence_of_the_code_has_a_chinese_one(sentences: list[str]) -> None:
    catalogue = load_catalogue("zh_CN")

    assert [msgid for msgid in sentences if not (message := catalogue.get(msgid)) or not message.string] == []


def test_translations_fill_the_same_slots() -> None:
    differing = [
        (language, str(message.id))
        for language in LANGUAGES
        for message in load_catalogue(language)
        if message.id and message.string and slots(str(message.id)) != slots(str(message.string))
    ]

    assert differing == []


def test_slots_have_names(sentences: list[str]) -> None:
    assert [msgid for msgid in sentences if any(name == "" or name.isdigit() for name in slots(msgid) | {"_"})] == []


@pytest.mark.parametrize(
    ("wish", "language"),
    [("zh-CN", "zh_CN"), ("zh", "zh_CN"), ("en_GB.UTF-8", "en"), ("EN", "en"), ("fr", "zh_CN"), ("", "zh_CN"), (None, "zh_CN")],
)
def test_wished_language_is_the_nearest_we_have(wish: str | None, language: str) -> None:
    assert choose_language(wish) == language


def test_first_wish_we_can_fulfil_wins() -> None:
    assert choose_language(None, "fr", "en", "zh") == "en"


def test_slots_are_filled() -> None:
    assert translate("zh_CN", "{year} plan year", year=2026) == "2026年度"


def test_sentence_the_catalogue_lacks_stays_english() -> None:
    assert translate("zh_CN", "No such sentence, {name}.", name="Ann") == "No such sentence, Ann."


@pytest.mark.parametrize(("n", "text"), [(0, "0 backups"), (1, "1 backup"), (2, "2 backups")])
def test_english_counts_have_two_forms(n: int, text: str) -> None:
    assert translate_count("en", "{n} backup", "{n} backups", n) == text


def test_chinese_counts_have_one_form() -> None:
    assert [translate_count("zh_CN", "{n} backup", "{n} backups", n) for n in (1, 2)] == ["备份 1 份", "备份 2 份"]


def test_refusal_is_told_in_the_language_asked_for() -> None:
    assert tell_refusal("en", DateInFuture(day="2026-12-01")) == "2026-12-01 has not come yet. Record it on the day or afterwards."


def test_stale_save_names_the_field_as_people_do() -> None:
    refusal = StaleSave(field="owner", theirs=None, yours="吴佳")

    assert tell_refusal("zh_CN", refusal) == "刚刚有别人改过这一条（负责人：现在是“—”，您填的是“吴佳”）。请看过新内容再保存。"
