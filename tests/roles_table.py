"""The table of roles and acts as docs/roles.md shows it: ``python -m tests.roles_table`` writes it anew, a test fails when it is stale."""

from pathlib import Path

from unionboard import i18n
from unionboard.config import PROJECT_DIR
from unionboard.models import AccountRole
from unionboard.services.permissions import ALLOWED, Act

PATH = PROJECT_DIR / "docs" / "roles.md"
ACT_NAMES: dict[Act, tuple[str, str]] = {
    Act.SEE_YEAR: ("See board, plan, timeline and check-offs", "看看板、计划、时间轴、办结"),
    Act.SEE_MONEY: ("See the books line by line, claims and their papers", "看账目明细、报销单和单据"),
    Act.SEE_SUMMARY: ("See the summary", "看总结"),
    Act.SEE_HISTORY: ("See who changed what, and the recycle bin", "看全部改动和回收站"),
    Act.SEE_NAMES: ("See personal details (after unlocking)", "看个人信息（先解锁）"),
    Act.EXPORT: ("Export files, names covered", "导出文件（隐去姓名）"),
    Act.EXPORT_NAMES: ("Export files with names (after unlocking)", "导出带姓名的文件（先解锁）"),
    Act.VERIFY: ("Check everything", "全面核对"),
    Act.CHECK_OFF: ("Tick off, add evidence", "办结打勾、传佐证"),
    Act.EDIT_PLAN: ("Edit the plan", "改计划"),
    Act.HOLD_MEETING: ("Hold and record meetings", "主持和记录会议"),
    Act.WRITE_SUMMARY: ("Write the summary", "写总结"),
    Act.FINALISE_SUMMARY: ("Finalise the summary, reopen it", "总结定稿、重新打开"),
    Act.HAND_IN_CLAIM: ("Write and hand in claims with their papers", "填报销单、传单据"),
    Act.APPROVE_CLAIM: ("Approve claims", "审批报销"),
    Act.KEEP_BOOKS: ("Pay, book, correct, import, hand out", "付款、记账、更正、导入、发放"),
    Act.PLAN_BUDGET: ("Prepare the budget and its amendments", "编预算和调整"),
    Act.ADOPT_BUDGET: ("Adopt the budget", "通过预算"),
    Act.CLOSE_BOOKS: ("Close and reopen months and years", "月结、年结、反结账"),
    Act.RECORD_CARE: ("Record care visits", "登记慰问"),
    Act.SET_FUND_RULES: ("Set items, ceilings and occasions", "设科目、标准和慰问事由"),
    Act.SET_UNION: ("Set the union's facts and its committee", "改工会资料和委员名单"),
    Act.MANAGE_ACCOUNTS: ("Manage accounts", "管理账号"),
    Act.BACK_UP: ("Make a backup", "备份"),
    Act.RESTORE_BACKUP: ("Go back to a backup", "恢复备份"),
    Act.HAND_OVER: ("Make the handover package", "做交接包"),
    Act.CONNECT: ("Give out calendar addresses and API tokens, set up messages", "管理日历地址、接口令牌和消息通知"),
}
_HEAD = """# Roles

Who may do what, once there are accounts. One person may hold several roles; then any of them is enough. Without accounts whoever sits at
this computer is chair, treasurer and committee member in one, and a phone that scanned the code is a committee member.
有账号以后各人能做什么。一人可兼几个角色，有一个角色能做即可；没有账号时，坐在这台电脑前的人同时是主席、财务委员和委员，扫码进来的手机是委员。

The services refuse whatever is not ticked, whichever page, address or command asks; `tests/services/test_permissions.py` does every deed as
every role. A member whose turn it is to stand in for the chair (the chair's own claim) approves that one claim with a reason.
This page is written by `python -m tests.roles_table` from `unionboard/services/permissions.py`.

"""


def write_table() -> str:
    """The page as it should stand."""
    names = [f"{i18n.tell_roles('zh_CN', [role])} {i18n.tell_roles('en', [role])}" for role in AccountRole]
    lines = [" | ".join(["", "", *names, ""]).strip(), "|".join(["", "---", *[":-:" for _ in names], ""])]
    for act, allowed in ALLOWED.items():
        english, chinese = ACT_NAMES[act]
        marks = ["✓" if role in allowed else "" for role in AccountRole]
        lines.append(f"| {chinese}<br>{english} | {' | '.join(marks)} |")
    cells = len(ALLOWED) * len(AccountRole)
    return f"{_HEAD}{chr(10).join(lines)}\n\n{cells} cells, {sum(len(allowed) for allowed in ALLOWED.values())} allowed.\n"


def main(path: Path = PATH) -> None:
    """Write the page."""
    path.write_text(write_table(), encoding="utf-8")


if __name__ == "__main__":
    main()
