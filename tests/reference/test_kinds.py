"""What an activity is asked for follows its name, then its work area."""

import pytest

from unionboard.drafting.en import deeds as english
from unionboard.drafting.zh import deeds as chinese
from unionboard.reference import choose_kind, figures, kinds, work_areas

GENERAL = {"participants", "eligible", "person_times", "agenda", "award"}
TOLD_BY_THE_CONGRESS = {"delegates_due", "delegates_present", "votes_for", "votes_against", "votes_abstained"}


@pytest.mark.parametrize(
    ("title", "area", "kind"),
    [
        ("召开八届五次教代会", "DEMO", "congress"),
        ("教代会提案征集", "DEMO", "proposals"),
        ("合理化建议征集与评选", "DEMO", "proposals"),
        ("教职工健康体检", "HEALTH", "checkup"),
        ("女教工妇科检查", "WOMEN", "checkup"),
        ("工会干部培训", "ORG", "training"),
        ("青年教师基本功大赛", "SKILL", "contest"),
        ("趣味运动会", "CULT", "event"),
        ("春节慰问困难教职工", "CARE", "care"),
        ("职工互助保障续保", "HEALTH", "insurance"),
        ("向区教育工会报送信息", "ORG", "publicity"),
        ("工会委员例会", "ORG", "meeting"),
        ("劳动争议调解", "RIGHT", "cases"),
        ("迎新联欢", "CULT", "event"),
        ("暑期安排", "HEALTH", "checkup"),
        ("年度决算", "FUND", "paperwork"),
        ("每月更新校务公开栏", "DEMO", "disclosure"),
        ("发展新会员", "ORG", "membership"),
    ],
)
def test_longest_word_of_the_title_decides_then_the_area(title: str, area: str, kind: str) -> None:
    assert choose_kind(title, area).code == kind


def test_second_area_speaks_when_the_first_is_silent() -> None:
    assert choose_kind("迎新", "CULT", "CARE").code == "care"


def test_checkup_is_not_asked_for_proposals() -> None:
    assert choose_kind("教职工体检", "DEMO").asks == ("participants", "eligible")


def test_kinds_ask_only_for_what_a_check_off_can_hold() -> None:
    assert {code for kind in kinds() for code in kind.asks} - figures().keys() - GENERAL == set()
    assert {area for kind in kinds() for area in kind.areas} - work_areas().keys() == set()


def test_every_figure_asked_for_is_told_by_the_summary_in_both_languages() -> None:
    told = figures().keys() - TOLD_BY_THE_CONGRESS

    assert [set(words) for words in (chinese.FIGURES, english._FIGURES)] == [told, told]
