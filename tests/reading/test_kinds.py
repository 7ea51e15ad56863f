"""Which texts plan something, and which only look as if they did."""

import pytest

from unionboard.reading.draft import DocumentKind
from unionboard.reading.kinds import tell_kind
from unionboard.reading.lines import fold_line

_NUMBERED = ("1、召开教代会。", "2、办好书屋。")
_MONTHS = ("一月：走访", "三月：插花", "五月：健步走")
_TOLD = ("看望了七位困难会员", "办成了女职工烘焙课", "评出了十位阅读之星", "建好了两处职工书屋", "跑完了环湖半程马拉松")


@pytest.mark.parametrize(
    ("title", "lines", "kind"),
    [
        ("青松小学工会工作计划", _NUMBERED, DocumentKind.PLAN),
        ("青松小学工会2025年总结及2026年计划", _NUMBERED, DocumentKind.PLAN),
        ("青松小学工会述职评议工作方案", _NUMBERED, DocumentKind.PLAN),
        ("青松小学工会工作计划总结", _NUMBERED, DocumentKind.SUMMARY),
        ("青松小学工会这一年", _TOLD, DocumentKind.SUMMARY),
        ("关于印发青松小学工会工作计划的通知", ("各小组：", "现印发给你们。"), DocumentKind.OTHER),
        ("关于做好工会工作安排的通知", _NUMBERED, DocumentKind.PLAN),
        ("关于今年工会活动的通知", _MONTHS, DocumentKind.PLAN),
        ("关于举办篮球赛的通知", ("一、时间", "4月12日"), DocumentKind.OTHER),
        ("青松工会委员会会议纪要", _MONTHS, DocumentKind.OTHER),
        ("青松工会委员会", ("主持人：松一", "出席：松二、松三", "3月：插花"), DocumentKind.OTHER),
        ("青松工会关于表彰先进集体的决定", _MONTHS, DocumentKind.OTHER),
        ("青松工会2026年经费预算", _NUMBERED, DocumentKind.OTHER),
        ("青松工会会员手册", ("一、会费怎么交？", "二、生病谁来看望？", "三、几年体检一次？"), DocumentKind.OTHER),
        ("青松工会活动室", ("第一条 爱护器材。", "第二条 按时开放。", "第三条 注意安全。"), DocumentKind.OTHER),
        ("五月的青松", ("本报讯（通讯员 松一）五月一日，运动会开幕。",), DocumentKind.NEWS),
        ("", ("3月17日中午，青松小学召开会议。",), DocumentKind.NEWS),
    ],
)
def test_kind_of_a_document(title: str, lines: tuple[str, ...], kind: DocumentKind) -> None:
    assert tell_kind(title, [fold_line(number, line) for number, line in enumerate(lines, 2)]) is kind
