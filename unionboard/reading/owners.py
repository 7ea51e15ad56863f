"""Who is in charge, as a sentence says it: a role or a body of the union, or the body that leads where the union helps or joins in.

Only roles are read from sentences, never a person's name: those stand in columns and brackets made for them.
"""

import re
from collections.abc import Sequence

from unionboard.reading.lines import fold
from unionboard.reading.marks import starts_with_verb
from unionboard.reference.relations import Relation

_ROLES = "|".join(  # the longer before the shorter
    (
        "各?(?:基层工会|工会小组长?|分工会(?:主席)?|工会分会|分会)",
        "(?:校|院|总支|基层|公司|厂)?工会(?:经审(?:委员会|小组|委员|委)?|委员会|委员|副?主席|干部|会计|出纳|财务)",
        "女(?:教?职工|教工|工)(?:委员会|委员|委|部|小组|主任)",
        "(?:文体|宣传|组织|生活|福利|劳保|劳动保护|女工|女职工|财务|学习|青年|调解|经审|安全|信息)委员",
        "经费?审(?:查)?(?:委员会|小组|委员|委)|(?:财务)?审核小组|提案(?:委员会|工作小组|审查小组|小组)",
        "(?:劳动争议|人事争议)?调解(?:委员会|小组)|教代会(?:主席团|代表)|教职工代表团",
        "(?:文体|宣传|生活福利|生活|福利|教学|民管|民主管理|退管|监督|青年|劳动保护|劳保)(?:工作)?(?:小组|组|部)",
        "(?:校务公开|民主管理)(?:领导|监督|工作)小组|退(?:休|管|教)(?:工作)?(?:小组|协会|协)",
        "妇委会|妇女委员会|妇联|合唱团|教工团支部|团支部|信息员|通讯员",
    )
)
_BODIES = "|".join(
    (
        "(?:学校|医院|公司|单位|街道|社区|镇|村)?(?:党总支|党支部|党委|党组织|党政(?:领导|工团)?|行政(?:部门|领导)?|校长(?:办公)?室)",
        "办公室|校办|院办|党办|团委|团支部|少先队|大队部|关工委|妇联|计生办|退管会|业务教导部门|教导(?:处|部门)|教务[处科]|政教处|德育处|学生处",
        "总务(?:处|后勤|科)|后勤(?:服务中心|部门|处|科)?|人事[处科]|财务[处科室]|科研处|教科室|教科研室|教研[组室]|年级组|保卫[处科]|安全办",
        "医务[处科室]|护理部|业务部门|教学部门|(?:有关|相关|各?职能|上级)部门|各(?:部门|科室|处室)|体育组|艺术组|社区|街道",
        "(?:学校|医院)(?!工会|的?中心|各项|教育|工作)",
    )
)
_OFFICE = "教育局(?:工会)?|教委|文体局|体育局|卫生局|卫健委|文明办|总工会|教育工会|妇联|团委"
_SUPERIOR = (
    f"(?:[省市区县镇乡局]|全[国省市区县镇]|集团公司?|[\u4e00-\u9fff]{{1,4}}?[区县市镇])(?:工会|{_OFFICE})"
    "|(?:上级|系统)(?:工会|部门)|教育局(?:工会)?|总工会|教育工会"
)
_MODAL = (
    "要|应当?|须|需|必须|将|负责|牵头|具体|定期|按[时期]|认真|切实|积极|每|根据|结合|做到|坚持|继续|加强|进一步|充分|及时|努力|带[领头]|主动|统一"
    "|分别|利用|全面"
)
_ROLE = re.compile(_ROLES)
_BODY = re.compile(_BODIES)
_AND = re.compile("[、和及与]")
_MUST = re.compile(f"(?:{_MODAL})")
_BY = re.compile("由")
_DOES = re.compile("(?:具体|统一|共同)?(?:负责|牵头|组织|承办|主办|主持|落实|实施|安排|收集|制定|起草)")
_CLAUSE_START = re.compile(r"(?:^|[,。;:(\s])")
_IN_CHARGE = re.compile("(?:具体|共同|统一)?(?:牵头|负责|承办|主办)")
_SUPPORT = re.compile(
    r"^(?:(?:要|积极|主动|认真|继续|大力|全力|进一步|做好|切实|努力|密切|及时|工会|并|在[^,。;]{2,12}(?:中|下|期间)[,、]?)\s*)*"
    "(?:协助|配合|协同)(?:做好|抓好|搞好)?"
)
_JOIN = re.compile(
    rf"(?:参加|参与)由?(?P<body>{_SUPERIOR})?"
    r"(?P<level>(?:上级|省|市|区|县|镇|乡|街道|局|全[国省市区县镇]|学区|片区|集团|总厂)(?!民|内|域|里|场|面|部|级以下|区居民))?"
)
_EVENT = re.compile(
    r"[^,。;]{0,24}?(?:赛|活动|会|培训|评比|评选|比武|展演|汇演|检查|考核|学习|讲座|联欢|演出|征文|交流|演讲|健身|行|展|节|调研|研讨)"
)


def find_owner(text: str) -> tuple[str, Relation]:
    """Who is in charge of what ``text`` tells, and whether the union leads it, supports another body or joins in what a superior one holds.

    Of SUPPORT and JOIN the owner is the body that leads, "" when it is not named. The text keeps its words. Source: domain notes A1 (14).
    """
    text = text.strip()
    plain = fold(text)
    if support := _SUPPORT.match(plain):
        return text[support.end() : _end_of_list((_BODY,), plain, support.end())], Relation.SUPPORT
    for join in _JOIN.finditer(plain, 0, len(re.split("[,。;]", plain)[0])):
        if (join["body"] or join["level"]) and _EVENT.match(plain, join.end()):
            return text[join.start("body") : join.end("body")] if join["body"] else "", Relation.JOIN
    return _find_leader(text, plain), Relation.LEAD


def _find_leader(text: str, plain: str) -> str:
    for opening, verb in ((_BY, _DOES), (_CLAUSE_START, _IN_CHARGE)):
        for found in opening.finditer(plain):
            end = _end_of_list((_ROLE, _BODY), plain, found.end())
            if end > found.end() and verb.match(plain, end):
                return text[found.end() : end]
    end = _end_of_list((_ROLE,), plain, 0)
    return text[:end] if end and (_MUST.match(plain, end) or starts_with_verb(plain[end:])) else ""


def _end_of_list(names: Sequence[re.Pattern[str]], plain: str, start: int) -> int:
    """Where a list of ``names`` that begins at ``start`` ends: 工会小组、年级组; ``start`` when none begins there."""
    end, begin = start, start
    while found := next((hit for name in names if (hit := name.match(plain, begin))), None):
        end = found.end()
        joined = _AND.match(plain, end)
        if joined is None:
            break
        begin = joined.end()
    return end
