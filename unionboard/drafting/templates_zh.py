"""The draft in Chinese. Source: domain notes E4 (patterns), E5 (what a checker complains about): plain words, no praise by the machine."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from unionboard.drafting.numbers import count_attendances, share_text, sum_figures
from unionboard.drafting.records import ActivityRecord, BookRecord, CareRecord, Deed, YearRecords
from unionboard.money import yuan_text
from unionboard.reference import award_levels, care_kinds, fund_items, work_areas

LISTED = 5
"""Names in a row before «等n项»."""

_AREA_DEEDS = {
    "IDEO": "思想引领和师德活动",
    "DEMO": "民主管理活动",
    "RIGHT": "维权活动",
    "CARE": "慰问帮扶活动",
    "HEALTH": "健康保障活动",
    "CULT": "文体活动",
    "SKILL": "素质提升和竞赛活动",
    "WOMEN": "女职工活动",
    "ORG": "自身建设活动",
    "FUND": "经费和资产工作",
}
_FIGURES = {
    "proposals_received": "收到提案{n}件",
    "proposals_filed": "立案{n}件",
    "proposals_answered": "答复提案{n}件",
    "proposals_satisfied": "提案人满意{n}件",
    "cases_settled": "调解{n}件",
    "households_helped": "帮扶{n}户",
    "insured": "参保{n}人",
    "claims_paid": "理赔{n}件",
    "sessions": "共{n}期",
    "prizes": "评出奖项{n}个",
    "members_joined": "新入会{n}人",
    "members_left": "转出和退会{n}人",
    "disclosures": "公开{n}次",
    "media_reports": "媒体报道{n}篇",
    "articles_sent": "报送信息{n}篇",
    "articles_published": "录用{n}篇",
}
_INTENT = re.compile(r"^(?:计划|准备|打算|拟在?年内|拟|将|要(?=继续|坚持|认真|积极|切实|努力))(?=[\u4e00-\u9fff])")
_RESOLVE = re.compile(r"^要?(?:继续|认真|积极|切实|努力|始终)*(?:坚持)?")
_ORGANISES = re.compile(r"^(?:认真|积极|继续)?(?:开展|组织|举办|召开|举行|参加|参与|协助|配合|做好|承办|筹备|完成|落实|坚持)")
_DOES = re.compile(  # with an object: these stand as they are, whatever the object ends in
    r"^(?:推选|补选|推荐|制定|制订|修订|审议|布置|收缴|缴纳|签订|续签|整理|发放|购置|添置|上交|上报|报送|公布|公示|听取|建立|完善|健全|成立"
    r"|调整|登记|办理|申报|撰写|编制|更新|维护|迎接|加强|进行|推进|推动|提高|深化|邀请|发动|改善|解决|帮助|关心|安排|选派|选送|民主评议|民主测评)"
)
_ACTS = re.compile(r"^(?:慰问|走访|看望|庆祝|选举|征集|评选|表彰|总结|学习|宣传|检查|审核|观看|观摩|参观|创建|统计)")
_ON_OCCASION = re.compile(r"^.{1,8}(?:节|前|期间|前夕|[寒暑]假|学期[初中末])(?:为|给|向|对|组织|开展|举办|召开|慰问|走访|看望|参加)")
_ONWARD = re.compile(r"^(?:每|定期|把|对|为|按|向|让|以|在|与)")
_CALLED = re.compile(r"(?:教代会|职代会|工代会|代表大会|大会|例会|会议|座谈会|民主生活会|委员会)$")
_HELD = re.compile(r"(?:会|赛|仪式|展演|展示|讲座|培训|培训班|展|演讲|朗诵|诵读|沙龙|论坛|联欢|晚会|游园|比武|交流|分享)$")
_ARRANGED = re.compile(
    r"(?:体检|健步走|登山|毅行|研学|检查|互查|普查|练兵|疗休养|植树|学习|考察|春游|秋游|旅游|采风|参观|观摩|观影|评议|测评|签名|答题)$"
)
_CARRIED_OUT = re.compile(
    r"(?:活动|行动|座谈|表彰|征集|征文|体验|结对|慰问|走访|帮扶|宣传|宣讲|教育|评选|评比|竞猜|调研|调查|摸底|排查|服务|送清凉|送温暖)$"
)
_HALF_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_LEVEL_SAID = re.compile(r"国家|全国|[省市区县校院]")
_STOPS = " 。；;，,、.：:"


class Chinese:
    """All sentences of a Chinese draft; see ``wording.Wording``."""

    money_heading = "经费收支情况"
    honours_heading = "获得的荣誉"
    problems_heading = "存在的问题和不足"
    next_year_heading = "下一年工作思路"
    other_heading = "其他工作"

    def title(self, facts: YearRecords) -> str:
        return f"{facts.union_name or '工会'}{_period(facts)}工作总结"

    def area_heading(self, area: str) -> str:
        return work_areas()[area].zh

    def lead(self, facts: YearRecords) -> Sequence[str]:
        above = facts.higher_union or "【待补充：上级工会和党组织】"
        centre = f"“{facts.centre.strip('“”')}”这一中心" if facts.centre else "【待补充：中心工作】"
        done = _count(facts, "done")
        told = f"{_period(facts)}，在{above}领导下，{facts.union_name or '【待补充：工会名称】'}围绕{centre}，按照计划开展工作"
        if facts.one_offs:
            told += f"，计划活动{len(facts.one_offs)}项，"
            told += f"完成{done}项" if done else f"截至{_day(facts.as_of, facts)}尚无办结记录"
            told += f"，部分完成{n}项" if (n := _count(facts, "partly")) else ""
            told += f"，另有{n}项正在进行" if (n := _count(facts, "under_way")) else ""
        return [f"{told}。", "现总结如下。"]

    def signature(self, facts: YearRecords) -> Sequence[str]:
        return [facts.union_name or "【待补充：工会名称】", f"{facts.as_of.year}年{facts.as_of.month}月{facts.as_of.day}日"]

    def progress(self, planned: int, done: int) -> str:
        return f"本部分计划活动{planned}项，完成{done}项。"

    def nothing_done(self, late: int, open_: int, cancelled: int) -> str:
        parts = [f"{n}项{what}" for n, what in ((late, "逾期未办"), (open_, "尚未到期"), (cancelled, "已取消")) if n]
        return "本部分尚无办结记录" + (f"，计划活动中{'，'.join(parts)}" if parts else "") + "。"

    def deed(self, facts: YearRecords, activity: ActivityRecord, deed: Deed) -> str:
        parts = [_span(deed, facts), _act(activity.title), *_people(deed), *_figures([deed]), *_award(deed)]
        return "，".join([*parts, *_spent(activity), *_result(deed)])

    def congress(self, facts: YearRecords, activity: ActivityRecord, deed: Deed) -> str:
        due = deed.figures.get("delegates_due") or deed.eligible or 0
        present = deed.figures.get("delegates_present") or deed.participants or 0
        parts = [f"{_span(deed, facts)}，召开{re.sub('^(?:按时|筹备)?召开(?:好)?', '', _clean(activity.title))}"]
        parts += [f"应到代表{due}人"] if due else []
        parts += [f"实到代表{present}人"] if present else []
        parts += [f"议程为{'、'.join(item.strip(_STOPS) for item in deed.agenda)}"] if deed.agenda else []
        parts += _figures([deed])
        received, answered = (deed.figures.get(code, 0) for code in ("proposals_received", "proposals_answered"))
        if received and answered:
            parts.append(f"答复率{share_text(answered, received)}")
        return "，".join([*parts, *_award(deed), *_spent(activity), *_result(deed)])

    def gathered(self, facts: YearRecords, area: str, deeds: Sequence[Deed]) -> str:
        people, counted = count_attendances(deeds)
        told = f"{_throughout(facts)}开展{_AREA_DEEDS.get(area, '其他活动')}{len(deeds)}次"
        if people and counted == len(deeds):
            told += f"，参与{people}人次"
        elif people:
            told += f"，有人数记录的{counted}次共参与{people}人次"
        return f"{told}。"

    def among(self, clauses: Sequence[str]) -> str:
        return f"其中：{'；'.join(clauses)}。"

    def sentence(self, clause: str) -> str:
        return f"{clause}。"

    def numbered(self, number: int, sentence: str) -> str:
        return f"{number}.{sentence}"

    def partly(self, facts: YearRecords, activity: ActivityRecord, deed: Deed) -> str:
        parts = [f"{_span(deed, facts)}，{_clean(activity.title)}部分完成", *_people(deed), *_spent(activity), *_result(deed)]
        left = f"尚余{deed.remaining.strip(_STOPS)}" if deed.remaining.strip(_STOPS) else "其余【待补充：进展】"
        return f"{'，'.join([*parts, left])}。"

    def recurring(self, facts: YearRecords, activity: ActivityRecord) -> str:
        people, counted = count_attendances(activity.deeds)
        often = "" if facts.is_year_end else "共"
        parts = [f"{_duty(activity)}，{_throughout(facts).strip('，')}{often}{len(activity.deeds)}次"]
        if activity.turns_planned:
            parts[0] += f"（计划{activity.turns_planned}次）"
        if people:
            parts.append(f"参与{people}人次" if counted == len(activity.deeds) else f"有人数记录的{counted}次共参与{people}人次")
        awards = [text for deed in activity.deeds for text in _award(deed)]
        results = list(dict.fromkeys(text for deed in activity.deeds for text in _result(deed)))
        return "，".join([*parts, *_figures(activity.deeds), *awards, *_spent(activity), *results]) + "。"

    def silent_duties(self, titles: Sequence[str]) -> str:
        return f"{_listed(titles)}尚无记录【待补充：开展情况】。"

    def effect_gap(self) -> str:
        return "【待补充：效果】"

    def care(self, facts: YearRecords, care: CareRecord) -> str:
        total = sum(care.people.values())
        told = f"{_throughout(facts)}走访慰问{total}人次"
        if care.amount_fen:
            told += f"，支出{yuan_text(care.amount_fen)}元"
        if len(care.people) > 1:
            told += "，其中" + "、".join(
                f"{care.names.get(kind) or care_kinds()[kind].zh}{people}人次" for kind, people in care.people.items()
            )
        return f"{told}。"

    def money(self, facts: YearRecords, money: BookRecord) -> Sequence[str]:
        if not money.entry_ids:
            return ["经费收支尚未登记【待补充：经费收支情况】。"]
        named = (("收入", money.total_income_fen), ("支出", money.total_spending_fen))
        parts = [f"上年结转{yuan_text(money.opening_fen)}元"] if money.opening_fen > 0 else []
        moved = [f"{what}{yuan_text(fen)}元" for what, fen in named if fen > 0]
        parts.append(_throughout(facts) + "，".join(moved) if moved else f"{_throughout(facts)}收支相抵")
        parts.append(f"结余{yuan_text(money.balance_fen)}元" if money.balance_fen >= 0 else f"超支{yuan_text(-money.balance_fen)}元")
        told = ["，".join(parts) + "。"]
        items = sorted(((fen, code) for code, fen in money.spending_fen.items() if fen > 0), reverse=True)[:LISTED]
        if items:
            shares = (f"{_item(code, money.names)}{yuan_text(fen)}元，占{share_text(fen, money.total_spending_fen)}" for fen, code in items)
            told.append(f"主要支出：{'；'.join(shares)}。")
        if money.total_budget_fen and money.total_spending_fen > 0:
            rate = share_text(money.total_spending_fen, money.total_budget_fen)
            told.append(f"支出预算{yuan_text(money.total_budget_fen)}元，执行率{rate}。")
        return told

    def honours(self, facts: YearRecords, awards: Sequence[tuple[ActivityRecord, Deed]]) -> str:
        told = "；".join(f"{_quoted(activity.title)}{_award(deed)[0]}" for activity, deed in awards)
        return f"{_throughout(facts)}获奖{len(awards)}项：{told}。"

    def dated_title(self, activity: ActivityRecord) -> str:
        return f"{activity.title.strip(_STOPS)}（{activity.starts_on.month}月）" if activity.starts_on else activity.title

    def problem(self, kind: str, titles: Sequence[str], values: Sequence[str | int]) -> str:
        names = _listed(titles)
        told = {
            "late": lambda: f"有{len(titles)}项计划活动未按期完成：{names}",
            "cancelled": lambda: _because(titles, values, "未能按计划开展"),
            "postponed": lambda: _because(titles, values, "推迟"),
            "partly": lambda: f"{names}只完成一部分",
            "missed": lambda: "；".join(
                f"{_quoted(t)}计划{due}次，缺{gap}次" for t, due, gap in zip(titles, values[::2], values[1::2], strict=True)
            ),
            "turnout": lambda: "；".join(
                f"{_quoted(t)}应参加{due}人，实到{came}人，参加率{share_text(int(came), int(due))}"
                for t, due, came in zip(titles, values[::2], values[1::2], strict=True)
            ),
            "over_plan": lambda: "；".join(
                f"{_quoted(t)}超出活动预算{yuan_text(int(fen))}元" for t, fen in zip(titles, values, strict=True)
            ),
            "over_item": lambda: "；".join(
                f"{_item(title)}超出年度预算{yuan_text(int(fen))}元" for title, fen in zip(titles, values, strict=True)
            ),
            "execution": lambda: f"支出预算执行率为{share_text(int(values[0]), int(values[1]))}，部分预算没有用出",
            "evidence": lambda: f"已办结的工作中有{values[0]}项没有佐证材料：{names}",
            "empty": lambda: f"{names}部分没有办结记录",
        }[kind]()
        return f"{told}。"

    def idea(self, kind: str, titles: Sequence[str]) -> str:
        told = {
            "late": f"将{_listed(titles)}列入下年计划，明确时间和责任人",
            "cancelled": f"重新论证{_listed(titles)}，需要开展的列入下年计划",
            "postponed": f"按调整后的时间落实{_listed(titles)}",
            "partly": f"继续完成{_listed(titles)}的其余部分",
            "missed": f"{_listed(titles)}按计划次数安排到月，逐次登记",
            "turnout": "提前通知、合理安排时间，提高活动参加率",
            "over_plan": "活动方案先做经费测算，超出预算的先报批后开支",
            "over_item": "据实编制下年预算，需要调整的按程序调整",
            "execution": "按月安排支出进度，提高预算执行率",
            "evidence": "活动结束后及时收齐通知、签到、照片和票据，一项一档",
            "empty": f"为{_listed(titles)}安排具体活动、时间和责任人",
        }[kind]
        return f"{told}。"

    def no_problems(self) -> str:
        return "对照记录，没有逾期、取消、超支等情况。【待补充：存在的问题】"

    def still_open(self, facts: YearRecords, titles: Sequence[str]) -> str:
        return f"在{facts.ends_on.month}月底前办理尚未到期的{len(titles)}项活动：{_listed(titles)}。"

    def keep_duties(self, titles: Sequence[str]) -> str:
        return f"继续做好{_listed(titles)}{'' if len(set(titles)) > LISTED else '等'}常年和周期性工作。"

    def next_year_gap(self) -> str:
        return "【待补充：下一年重点工作】"


def _period(facts: YearRecords) -> str:
    if facts.period_kind == "calendar_year":
        return f"{facts.year}年"
    first = facts.starts_on.year if facts.starts_on.month >= 7 else facts.starts_on.year - 1
    term = "" if facts.period_kind == "school_year" else ("第一学期" if facts.starts_on.month >= 7 else "第二学期")
    return f"{first}—{first + 1}学年{term}"


def _throughout(facts: YearRecords) -> str:
    if not facts.is_year_end:
        return f"截至{_day(facts.as_of, facts)}，"
    return {"calendar_year": "全年", "school_year": "本学年"}.get(facts.period_kind, "本学期")


def _count(facts: YearRecords, status: str) -> int:
    return sum(activity.status == status for activity in facts.one_offs)


def _day(day: date, facts: YearRecords) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day.year != facts.year else f"{day.month}月{day.day}日"


def _span(deed: Deed, facts: YearRecords) -> str:
    first, last = deed.done_on, deed.done_to or deed.done_on
    if first == last:
        return _day(first, facts)
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{_day(first, facts)}至{f'{last.day}日' if same_month else _day(last, facts)}"


def _clean(title: str) -> str:
    """The title without stops and words of intent, its punctuation full-width between Chinese characters."""
    plain = re.sub(r"(?<=[\u4e00-\u9fff”》）])[,;:?!](?=[\u4e00-\u9fff“《（])", lambda mark: _HALF_WIDTH[mark.group()], title.strip(_STOPS))
    return _INTENT.sub("", plain)


def _act(title: str) -> str:
    """The title as something done: a verb is put before a bare noun. Of several clauses the first one decides."""
    name = _clean(title)
    core = re.sub("[（(][^（）()]*[）)]$", "", re.split("[，；]", name)[0])
    endings = ((_CALLED, "召开"), (_HELD, "举办"), (_ARRANGED, "组织"), (_CARRIED_OUT, "开展"))
    does = _DOES.match(core)
    rest = core[does.end() :] if does else ""
    has_object = rest and not any(ending.fullmatch(rest) for ending, _verb in endings)  # 成立大会 has none
    if has_object or _ORGANISES.match(core) or _ON_OCCASION.match(core):
        return name
    for ending, verb in endings:
        if ending.search(core):
            return f"{verb}{name}"
    return name if _ACTS.match(core) else f"完成{name}"


def _duty(activity: ActivityRecord) -> str:
    name, often = _clean(activity.title), activity.frequency.strip(_STOPS)
    resolve, name = name[: len(name) - len(_RESOLVE.sub("", name))], _RESOLVE.sub("", name)
    if resolve.endswith("坚持"):
        return f"坚持{name}"
    if not often or often in name or _ONWARD.match(name):
        is_said = _ONWARD.match(name) or _ORGANISES.match(name) or _DOES.match(name) or _ACTS.match(name)
        often = "" if is_said else "开展"
    return f"坚持{often}{name}"


def _spent(activity: ActivityRecord) -> list[str]:
    return [f"支出{yuan_text(activity.spent_fen)}元"] if activity.spent_fen > 0 else []


def _people(deed: Deed) -> list[str]:
    if deed.participants and deed.participants == deed.eligible:
        told = [f"{deed.participants}人全部参加"]
    elif deed.participants and deed.eligible:
        told = [f"应参加{deed.eligible}人，实到{deed.participants}人，参加率{share_text(deed.participants, deed.eligible)}"]
    else:
        told = [f"{deed.participants}人参加"] if deed.participants else []
    return told + ([f"参与{deed.person_times}人次"] if deed.person_times else [])


def _figures(deeds: Sequence[Deed]) -> list[str]:
    return [_FIGURES[code].format(n=n) for code, n in sum_figures(deeds).items()]


def _award(deed: Deed) -> list[str]:
    award = re.sub("^(?:荣获|获得|获)", "", deed.award.strip(_STOPS))
    level = award_levels()[deed.award_level].zh if deed.award_level in award_levels() and not _LEVEL_SAID.search(award) else ""
    return [f"获{level}{award}"] if award else []


def _result(deed: Deed) -> list[str]:
    return [re.sub("[。；;\n]+", "，", deed.result.strip(_STOPS))] if deed.result.strip(_STOPS) else []


def _because(titles: Sequence[str], reasons: Sequence[str | int], what: str) -> str:
    told = [re.sub("^(?:因为|由于|因|受)", "", str(reason).strip(_STOPS)) or "【待补充：原因】" for reason in reasons]
    if len(titles) == 1:
        return f"{_quoted(titles[0])}{what}，原因是{told[0]}"
    return f"{what}{len(titles)}项：" + "、".join(f"{_quoted(title)}（{reason}）" for title, reason in zip(titles, told, strict=True))


def _quoted(title: str) -> str:
    return f"“{_clean(title).replace('“', '‘').replace('”', '’')}”"


def _listed(titles: Sequence[str]) -> str:
    """The first few names; one that several records bear is said once, with their number."""
    counts = Counter(titles)
    told = "、".join(f"{_quoted(title)}（{n}项）" if n > 1 else _quoted(title) for title, n in list(counts.items())[:LISTED])
    return f"{told}等{len(titles)}项" if len(counts) > LISTED else told


def _item(code: str, names: Mapping[str, str] | None = None) -> str:
    """What the union calls an item, else its official name; a name stays what it is."""
    official = fund_items().get(code)
    return (names or {}).get(code) or (official.zh if official else code)
