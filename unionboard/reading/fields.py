"""What stands beside the name of an activity under a label of its own: 时间:, 地点:, 负责人:, 预算:, 参加对象:."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from unionboard.reading.lines import Passage


class Label(StrEnum):
    """What a labelled field says."""

    TIME = "time"
    NAME = "name"
    OWNER = "owner"
    AUDIENCE = "audience"
    BUDGET = "budget"
    NOTE = "note"


_LABELS: tuple[tuple[Label, str], ...] = (
    (
        Label.TIME,
        r"(?:活动|开展|计划|实施|完成|举办|起止|工作|拟定|具体|报送)?(?:时间|时限|日期|期限|月份)(?:安排|节点|要求)?|时间节点|节点",
    ),
    (
        Label.NAME,
        r"(?:活动|项目|工作|任务|比赛)?名称|(?:活动|工作)?项目|工作任务|工作事项|(?:活动|项目|任务|工作)\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})",
    ),
    (
        Label.OWNER,
        (
            r"(?:主要|具体|总)?负责(?:人|部门|单位|科室)?|(?:主要)?责任(?:人|部门|单位|科室|领导|委员)?|牵头(?:人|部门|单位|领导|科室)?"
            r"|承办(?:人|部门|单位|科室)?|主办(?:人|部门|单位)?|经办人?|组织(?:者|人|部门|单位)|主持人?|执行人|联系人|分管领导"
        ),
    ),
    (Label.AUDIENCE, r"(?:活动)?参[加与赛](?:人员|对象|范围|者|人)|(?:活动|服务)?对象|人员(?:范围)?|参加|参与"),
    (Label.BUDGET, r"(?:经费|费用|活动|资金)?预算|(?:活动|所需)?经费(?:安排)?|费用|金额|预算金额"),
    (
        Label.NOTE,
        (
            r"(?:活动|具体|工作)?(?:地\s*点|场地|形式|要求|内容|目的|主题|规则|方式|标准|目标|安排)|备\s*注|说明|奖项|奖品"
            r"|协办(?:单位|部门)?|配合(?:部门|单位|科室)?|协助(?:部门|单位)?|经费来源|(?:具体|工作|主要)?(?:措施|步骤|做法)|预期(?:效果|目标)|工作标准|完成情况"
        ),
    ),
)
_ALL = "|".join(f"(?P<{label.value}>{words})" for label, words in _LABELS)
_OPENING = re.compile(rf"(?:{_ALL})\s*:\s*")
_INLINE = re.compile(rf"(?:(?<=[\s,;。(、])|^)(?:{_ALL})\s*:\s*")


@dataclass(frozen=True, slots=True)
class Field:
    """A label and the words behind it. ``name`` is the label as printed."""

    label: Label
    name: str
    value: Passage


def opens_field(plain: str) -> Label | None:
    """The label a folded line begins with, None when it begins with other words."""
    found = _OPENING.match(plain)
    return Label(found.lastgroup) if found and found.lastgroup else None


def split_fields(passage: Passage) -> tuple[Passage, list[Field]]:
    """The words before the first label, and every labelled field behind them, in order."""
    found = list(_INLINE.finditer(passage.plain)) if ":" in passage.plain else []
    if not found:
        return passage, []
    return passage.part(0, found[0].start()), list(_fields(passage, found))


def _fields(passage: Passage, found: list[re.Match[str]]) -> Iterator[Field]:
    ends = [*(label.start() for label in found), len(passage.plain)][1:]
    for match, end in zip(found, ends, strict=True):
        name = match.group().strip(" :")
        value = passage.part(match.end(), end)
        yield Field(Label(match.lastgroup or ""), name, trim(value))


def trim(passage: Passage) -> Passage:
    """The words without the punctuation around them; a bracket is taken off only when its other half is missing."""
    start, end = 0, len(passage.plain)
    while start < end and passage.plain[start] in " ,;。:、\t":
        start += 1
    while end > start and passage.plain[end - 1] in " ,;。、\t":
        end -= 1
    words = passage.plain[start:end]
    if words.endswith(")") and words.count(")") > words.count("("):
        end -= 1
    elif words.endswith("(") or (words.startswith("(") and ")" not in words):
        start, end = (start + 1, end) if words.startswith("(") else (start, end - 1)
    return passage.part(start, end)


def read_budget_fen(words: str) -> int | None:
    """The sum in fen that a budget names: 2,000元, 1.2万元, 3000; None when it names none, or a rate for each person."""
    found = re.search(r"(\d+(?:\.\d{1,4})?)\s*(万)?", words.replace(",", "").replace("，", ""))
    if not found or re.search(r"每[人组队班]|/\s*人|人均", words):
        return None
    whole, _, fraction = found.group(1).partition(".")
    digits = 6 if found.group(2) else 2
    return int(whole + fraction[:digits].ljust(digits, "0"))
