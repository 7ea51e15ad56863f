"""The clauses of one sentence: which of them can be ticked off on their own, and which only tell how, who, where, why or what follows."""

import re

from unionboard.reading.lines import Passage
from unionboard.reading.marks import starts_with_verb

_OPENING, _CLOSING = "(《“「『[", ")》”」』]"
_BLANK = " \t→➔⇒↓。;；,，、:：.!！?？-—–\u3000"
_JOINED = r"(?:并且?|同时|再)?"
_DOES = re.compile(
    rf"{_JOINED}(?:(?:举办|举行|召开|走访|看望|慰问|探望|组织|发放|开放|开展|做好|完成|上报|报送|上交|制定|制订|修订|整理|宣传|办理|检查|参观|观看|民主评议|启动|编印|收缴)"
    r"(?P<object>[^,。;]{2,})|(?:为|给|对|向)(?P<whom>[^,。;为给对向]{2,16}?)"
    r"(?:送去?|配发|发放|补充|进行|做|提供|赠送|订购|购买|购置|办理|开展|举办)[^,。;]{2,})$"
)
_LISTED = re.compile(r"、(?=(?:开展|举办|举行|召开|做好)[^、,。;]{3,})")
_BEGINS = re.compile(
    r"(?:摸排|组建|收集|开办|民主评议|开放|修定|汇编|摸清|排查|出刊|选派|发出|联办|协调|清点|盘点|布置|筹划|策划|采购|购买)(?=[^,。;]{2})"
)
_HELD = re.compile(
    r"[^、,。;()]{3,}(?:赛|大会|运动会|座谈会|茶话会|联欢会|培训|讲座|健步走|长跑|游园|体检|换届|评比|表彰)(?:、(?=[^、,。;()]{3,})|$)"
)
_EVENT = re.compile(r"(?:论坛|[^委员大]会|大会|比赛|[^竞比]赛|讲座|培训|评比|节)$")
_GENERIC = re.compile(r"(?:活动|系列|[^.]月|周|竞赛)$")  # what follows says what the activity is made of
_VISIT = re.compile(r"走访|慰问|看望|探望|送温暖|送清凉")
_VISITS = re.compile(rf"{_JOINED}(?:走访|慰问|看望|探望|发放|送)")
_MEETS = re.compile(r"会$")
_AT_MEETING = re.compile(r"(?:制定|制订|修订|宣传|做好|学习|收集|征求|交流)")
_COUNT = re.compile(r"\d{1,6}\s?(?:余|多)?\s?[户份人名次元件篇场册个]")
_TAKES_PART = re.compile(
    r"组织.{0,10}(?:参加|参与|观看|参赛|报名)$|发放.{0,4}(?:资料|传单|奖品|证书)|(?:完成|做好).{0,8}(?:准备|后勤|服务|总结|记录|拍摄|保障)$"
)
_TELLS = re.compile(
    r"(?:让|使(?!用)|确保|做到|力争|要求|并?(?:做好|进行)?总结(?:表彰)?$|(?:各|每)[^,]{0,10}(?:至少|推荐|推选|选派|派|限|须|应|都要|均要|不少于|不超过|选|报|不限)"
    r"|每[校队组人班个][^,]{0,8}[一二两三四五六七八九十\d]|新增[^,]*(?:不少于|以上|\d)|不少于|不超过|人均|请|择优|(?:会|赛|活动|培训|比赛)(?:结束)?后"
    r"|活动?地点(?:在|为|设|于|:)|地点|遇雨|雨天|(?:费用|路线|名单|名额|规程|流程|具体|详情|详细)(?:[^,]{0,8})(?:另|待|见|由|控制|自)|限\d|全程\s*\d"
    r"|由[^,]{2,14}(?:主讲|授课|讲授|指导|执裁|主持|讲解)|推荐[^,]{0,14}(?:参加|参赛|参评)|欢迎|人人(?:参|有)|全员参|一同|共同参|(?:并)?邀请[^,]{2,14}(?:授课|讲课|主讲|讲解|指导|作报告)"
    r"|设[^,]{1,16}(?:个?项目|个?组别?|类|奖项?)|以[^,]{2,16}为(?:主题|单位|主)|报名)"
)
_AGENDA = re.compile(r"(?:听取并?)?审议")
_LONG_AGENDA, _NAMED_MEETING = 12, 8  # characters: of an agenda that is a note, and of a meeting that is named without it
_WISH = re.compile(r"(?:我们(?:[想要将拟]|打算|准备|计划)?|打算|拟(?!定|订))(?=[\u4e00-\u9fff]{3})")
_LEAD = re.compile(
    r"(?:以[^,。;]{2,20}为(?:契机|主题|抓手|载体|依托)|结合[^,。;]{2,20}|围绕[^,。;]{2,18}|趁[^,。;]{2,14}|为(?:了|迎接|庆祝|纪念|响应|弘扬|丰富|推进|提高|增强)[^,。;]{2,26}),"
)
PLACE = re.compile(
    r"(?:地点)?(?:在|于)?[\u4e00-\u9fff\d一二三四五六七八九]{0,10}(?:草坪|广场|操场|公园|[^科处教寝办]室|教室|厅|[^宾]馆|号?楼|花园|影城|影院|礼堂|食堂|球场|体育场|院内|绿道|湿地|东侧|西侧|南侧|北侧|医院|沙滩|基地|景区)"
)


def split_outside(passage: Passage, separators: str) -> list[Passage]:
    """The parts between separators that stand outside brackets and quotation marks, without empty ones."""
    parts, start, depth = [], 0, 0
    for position, character in enumerate(passage.plain):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character in separators and depth == 0:
            parts.append(passage.part(start, position))
            start = position + 1
    parts.append(passage.part(start))
    return [part for part in parts if part.plain.strip(_BLANK)]


def split_clauses(passage: Passage) -> list[Passage]:
    """走访老会员，举办茶话会: the sentence cut before each clause that does something of its own; whole when no clause does."""
    starts, position = [0], 0
    clauses = split_outside(passage, ",")
    for clause in clauses:
        position = passage.plain.index(clause.plain, position)
        before = passage.plain[starts[-1] : position].strip(_BLANK)
        if before and _is_own(before, clause.plain):
            starts.append(position)
        starts += [position + end for end in _event_ends(clause.plain)]
        starts += [position + listed.end() for listed in _LISTED.finditer(clause.plain) if _does(clause.plain) and listed.start() >= 5]
        position += len(clause.plain)
    if len(starts) == 1:
        return [passage]
    ends = [*starts[1:], len(passage.plain)]
    parts = [passage.part(start, end) for start, end in zip(starts, ends, strict=True)]
    return [part.part(_joint(part.plain)) for part in parts]


def _event_ends(plain: str) -> list[int]:
    """跳绳赛、女工健步走: where events begin behind the first, when the words are nothing but events and no verb holds them all."""
    found = list(_HELD.finditer(plain)) if "、" in plain and not starts_with_verb(plain) else []
    return [event.end() for event in found[:-1]] if found and sum(len(event.group()) for event in found) == len(plain) else []


def _joint(plain: str) -> int:
    joint = re.match(r"(?:并且?|同时)(?=[\u4e00-\u9fff])(?!联)", plain)
    return joint.end() if joint else 0


def _is_own(before: str, clause: str) -> bool:
    """Whether the clause can be ticked off without what stands before it."""
    last = before.rpartition(",")[2]
    found = _DOES.match(clause)
    if not found or not (_does(before) or _EVENT.search(last)):
        return False
    if _COUNT.search(clause) or _TAKES_PART.search(clause) or tells(clause):
        return False
    repeats = _VISIT.search(before) and _VISITS.match(clause)
    at_meeting = _MEETS.search(last) and _AT_MEETING.match(clause)
    return not (_GENERIC.search(last) or repeats or at_meeting)


def _does(plain: str) -> bool:
    return starts_with_verb(plain) or bool(_BEGINS.match(plain) or _DOES.match(plain))


def tells(clause: str) -> bool:
    """Whether a clause only says how, who, where, how many, why or what follows."""
    return bool(_TELLS.match(clause)) or bool(PLACE.fullmatch(clause))


def find_lead(plain: str) -> int:
    """Where the words begin behind 以端午为契机，: 0 when nothing such stands before them."""
    lead = _LEAD.match(plain)
    return lead.end() if lead and len(plain) - lead.end() >= 4 and starts_with_verb(plain[lead.end() :]) else 0


def find_wish(plain: str) -> int:
    """Where the words begin behind 我们想 or 打算: 0 when nothing such stands before them."""
    wish = _WISH.match(plain)
    return wish.end() if wish else 0


def find_tail(passage: Passage) -> int | None:
    """Where the clauses begin that only tell about the activity before them; None when there are none."""
    clauses = split_outside(passage, ",")
    position = 0
    for n, clause in enumerate(clauses):
        position = passage.plain.index(clause.plain, position)
        agenda = _AGENDA.match(clause.plain) and len(clause.plain) >= _LONG_AGENDA and position > _NAMED_MEETING
        if n and position >= 3 and (agenda or all(tells(later.plain) for later in clauses[n:])):
            return position
        position += len(clause.plain)
    return None
