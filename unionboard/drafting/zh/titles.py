"""Titles of activities as they stand in a sentence: cleaned of stops and intent, with the verb a bare noun wants before it."""

import re

from unionboard.drafting.facts import QuotedText
from unionboard.drafting.phrases import Phrase, chain
from unionboard.drafting.typed import cut, mend, trim, typed
from unionboard.reference.relations import Relation

STOPS = " 。；;，,、.：:\n"

_INTENT = re.compile(r"^(?:计划|准备|打算|拟在?年内|拟|将|要(?=继续|坚持|认真|积极|切实|努力))(?=[\u4e00-\u9fff])")
_PRINTED = re.compile(r"^(?:\d{1,2}[.．、)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*")
_RESOLVE = re.compile(r"^要?(?:继续|认真|积极|切实|努力|始终)*(?:坚持)?")
_ORGANISES = re.compile(r"^(?:认真|积极|继续)?(?:开展|组织|举办|召开|举行|参加|参与|协助|配合|做好|承办|筹备|完成|落实|坚持)")
_DOES = re.compile(  # with an object: these stand as they are, whatever the object ends in
    r"^(?:推选|补选|推荐|制定|制订|修订|审议|布置|收缴|缴纳|签订|续签|整理|发放|购置|添置|上交|上报|报送|公布|公示|听取|建立|完善|健全|成立"
    r"|调整|登记|办理|申报|撰写|编制|更新|维护|迎接|加强|进行|推进|推动|提高|深化|邀请|发动|改善|解决|帮助|关心|安排|选派|选送|民主评议|民主测评)"
)
_ACTS = re.compile(r"^(?:慰问|走访|看望|庆祝|选举|征集|评选|表彰|总结|学习|宣传|检查|审核|观看|观摩|参观|创建|统计)")
_ON_OCCASION = re.compile(r"^.{1,8}(?:前|期间|前夕|[寒暑]假|学期[初中末])(?:为|给|向|对|组织|开展|举办|召开|慰问|走访|看望|参加)")
_ON_FEAST = re.compile(r"^“[^”]{1,8}”节?(?:前夕|期间)?(?:为|给|向|对|组织|开展|举办|召开|慰问|走访|看望|参加)")
_ONWARD = re.compile(r"^(?:每|定期|把|对|为|按|向|让|以|在|与)")
_CALLED = re.compile(r"(?:教代会|职代会|工代会|代表大会|大会|例会|会议|座谈会|民主生活会|委员会)$")
_HELD = re.compile(
    r"(?:会|赛|仪式|展演|展示|讲座|培训|培训班|(?<!发)展|演讲|朗诵|诵读|沙龙|论坛|联欢|晚会|游园|比武|交流|分享|体验|座谈|表彰)$"
)
_ARRANGED = re.compile(
    r"(?:体检|健步走|登山|毅行|研学|检查|互查|普查|练兵|疗休养|植树|学习|考察|春游|秋游|旅游|采风|参观|观摩|观影|评议|测评|签名|答题)$"
)
_CARRIED_OUT = re.compile(
    r"(?:活动|行动|征集|征文|结对|慰问|走访|帮扶|宣传|宣讲|教育|评选|评比|竞猜|调研|调查|摸底|排查|服务|送清凉|送温暖|慰问品)$"
)
_ENDINGS = ((_CALLED, "召开"), (_HELD, "举办"), (_ARRANGED, "组织"), (_CARRIED_OUT, "开展"))
_HALF_WIDTH = tuple(
    (re.compile(rf"(?<=[\u4e00-\u9fff”》）]){re.escape(half)}(?=[\u4e00-\u9fff“《（])"), full)
    for half, full in ((",", "，"), (";", "；"), (":", "："), ("?", "？"), ("!", "！"))
)
_VERBS = re.compile(
    "公开|公布|公示|审议|审核|检查|研究|收集|征求|讨论|学习|慰问|看望|探望|走访|吊唁|欢送|组织|开展|更新|举办|召开|参观|观看|通报|传达|听取|布置|总结"
    "|编印|发放|调解|接待"
)
_INNER_STOP = re.compile(r"\s*[。；;\n]+\s*")


def clean(title: QuotedText) -> Phrase:
    """The title without a printed number, stops and words of intent, its punctuation full-width between Chinese characters."""
    plain = trim(typed(title), STOPS)
    printed = _PRINTED.match(plain.text)
    plain = cut(plain, printed.end()) if printed else plain
    for half, full in _HALF_WIDTH:
        plain = mend(plain, half, full)
    intent = _INTENT.match(plain.text)
    return cut(plain, intent.end()) if intent else plain


def quoted(name: Phrase) -> Phrase:
    """“…” around a name; quotation marks inside it become single ones."""
    return chain(["“", mend(mend(name, re.compile("“"), "‘"), re.compile("”"), "’"), "”"])


def act(title: QuotedText, relation: str = Relation.LEAD) -> Phrase:
    """The title as something done: a verb is put before a bare noun; what others led was helped with or joined."""
    name = clean(title)
    verb = _verb(name.text)
    if relation != Relation.LEAD and verb:
        verb = "参加" if relation == Relation.JOIN else f"协助{verb}"
    return chain([verb, name])


def is_joined(title: QuotedText, relation: str) -> bool:
    """Whether ``act`` says of it that one took part."""
    return relation == Relation.JOIN and bool(_verb(clean(title).text))


def is_event(title: QuotedText) -> bool:
    """A bare noun people come to: 趣味运动会, 健步走."""
    return _verb(clean(title).text) in {"召开", "举办", "组织"}


def _verb(name: str) -> str:
    """What is put before the name; of several clauses the first one decides. Nothing where it already says what was done."""
    core = re.sub("[（(][^（）()]*[）)]$", "", re.split("[，；]", name)[0])
    does = _DOES.match(core)
    rest = core[does.end() :] if does else ""
    has_object = rest and not any(ending.fullmatch(rest) for ending, _verb in _ENDINGS)  # 成立大会 has none
    if has_object or _ORGANISES.match(core) or _ON_OCCASION.match(core) or _ON_FEAST.match(core):
        return ""
    found = next((verb for ending, verb in _ENDINGS if ending.search(core)), None)
    return found if found is not None else "" if _ACTS.match(core) else "完成"


def duty_name(title: QuotedText, frequency: QuotedText | None) -> Phrase:
    """A duty as something kept up: 每月更新公开栏; its frequency is put before it where the title does not say it."""
    name = clean(title)
    begins = len(name.text) - len(_RESOLVE.sub("", name.text))
    resolve, name = name.text[:begins], cut(name, begins)
    if resolve.endswith("坚持"):
        return chain(["坚持", name])
    often = trim(typed(frequency), STOPS) if frequency else Phrase("")
    says_how = _ONWARD.match(name.text) or _ORGANISES.match(name.text) or _DOES.match(name.text) or _ACTS.match(name.text)
    if not often or often.text in name.text or _ONWARD.match(name.text):
        return name if says_how else chain(["开展", name])
    return chain([often, name])


def flowing(text: QuotedText) -> Phrase:
    """What somebody wrote down as part of a sentence: stops inside become commas."""
    return mend(trim(typed(text), STOPS), _INNER_STOP, "，")


def leading_verb(text: str) -> str:
    """The two-character verb a result begins with: 公开, 审议, 探望 …"""
    return text[:2] if _VERBS.match(text) else ""
