"""The words that end a month schedule: notes, wishes, signatures and what heads them."""

import re

_TERM = re.compile(r"^(?:第[一二12]学期|[上下]学期|[春秋]季学期)\s*(?:\([^()]*\))?\s*:?$")
_CLOSING = re.compile(
    r"^(?:总之|以上|希望|我们|新的一年|在新的|欢迎|注\s*:|[备附]?注(?:\s*:|$)|附注|附言|说明|备注|本计划|未尽|让我们|最后|抄[送报]|"
    r"(?:活动|温馨)?(?:注意事项|有关事项|其他事项|提示|(?:有关|相关|几点|工作)要求|几点说明)\s*:?$|制表|落款|联系(?:人|电话|方式)|经费来源|咨询电话|.{0,8}(?:批示|审核|审批|签发)\s*:)"
)
_AFTERWORD = re.compile(r"须知$|要求$|说明$|措施$|保障$|备注$|附[注註]$|原则$|标准$|预算$|注意事项$|纪律$|分工$|(?:怎么|如何)[^,。]{1,6}$")
_APPEAL = re.compile(r"须提前|可结合实际|谢谢|敬请|[请望](?:各|大家)|请(?:提前|及时|于)")


def closes_schedule(plain: str) -> bool:
    """Whether a line without a number is no activity of the month above it: 总之…, 备注:, 联系人:, 第二学期."""
    return bool(_TERM.match(plain) or _CLOSING.match(plain))


def heads_afterword(plain: str) -> bool:
    """Whether a short line heads what follows a schedule: 报名须知, 几点要求."""
    return bool(_AFTERWORD.search(plain))


def appeals(plain: str) -> bool:
    """Whether a line below the last month asks something of its readers: 请各组提前报名."""
    return bool(_APPEAL.search(plain))
