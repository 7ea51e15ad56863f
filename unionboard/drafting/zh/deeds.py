"""What was done, sentence by sentence: single deeds, congresses, groups of a kind, what is half done. Source: domain notes E4."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from unionboard.drafting.facts import ComparedFacts, DeedFacts, GroupFacts, TargetFacts, YearFacts
from unionboard.drafting.figures import Figure, Unit, count, difference
from unionboard.drafting.phrases import Phrase, Words, chain, fill, rest
from unionboard.drafting.telling import tells_money
from unionboard.drafting.typed import cut
from unionboard.drafting.zh.figures import FEW, clauses, days, month, named, number, percent, yuan
from unionboard.drafting.zh.titles import act, clean, flowing, is_event, is_joined

_CALLS = re.compile("^(?:按时|筹备|按期)?召开(?:好)?")
_REPORTS = re.compile("^(?:听取|审议|表决|通过|选举|讨论|审查|评议|作|宣读|举行|报告|通报|征求)")
_AREA_DEEDS = {
    "IDEO": "师德和思想教育活动",
    "DEMO": "民主管理活动",
    "RIGHT": "维权活动",
    "CARE": "慰问帮扶活动",
    "HEALTH": "健康服务活动",
    "CULT": "文体活动",
    "SKILL": "素质提升活动",
    "WOMEN": "女职工活动",
    "ORG": "自身建设活动",
    "FUND": "经费和资产工作",
}
_KIND_DEEDS = {
    "congress": "职工代表大会",
    "proposals": "提案和建议征集办理",
    "contest": "比赛和评选",
    "training": "培训和讲座",
    "checkup": "体检和疗休养",
    "insurance": "互助保障工作",
    "care": "慰问帮扶活动",
    "cases": "调解和法律服务",
    "publicity": "宣传报道",
    "meeting": "会议和座谈",
    "paperwork": "内务工作",
}

_OF_MANY_AREAS = frozenset({"contest", "training"})
_AREA_WORDS = {"IDEO": "师德", "DEMO": "民主管理", "RIGHT": "维权", "HEALTH": "健康", "CULT": "文体", "SKILL": "业务", "WOMEN": "女职工"}
"""Contests and trainings of several areas may stand under one heading: what they are about tells them apart."""


class Measured(NamedTuple):
    """How a figure of a check-off is said: with its words, after the noun by which a result may say it already."""

    says: str
    unit: str
    noun: str


FIGURES: Mapping[str, Measured] = {
    "proposals_received": Measured("收到提案{n}件", "件", "提案|收到|征集"),
    "proposals_filed": Measured("立案{n}件", "件", "立案"),
    "proposals_answered": Measured("答复{n}件", "件", "答复"),
    "proposals_satisfied": Measured("提案人满意{n}件", "件", "满意"),
    "cases_settled": Measured("调解纠纷{n}件", "件", "调解|纠纷"),
    "households_helped": Measured("帮扶{n}户", "户", "帮扶"),
    "insured": Measured("参保{n}人", "人", "参保|续保"),
    "claims_paid": Measured("理赔{n}件", "件", "理赔"),
    "sessions": Measured("共{n}期", "期", ""),
    "prizes": Measured("评出奖项{n}个", "个", "奖"),
    "members_joined": Measured("新入会{n}人", "人", "入会"),
    "members_left": Measured("转出和退会{n}人", "人", "退会|转出"),
    "disclosures": Measured("公开{n}次", "次", "公开"),
    "articles_sent": Measured("报送信息{n}篇", "篇", "报送|信息"),
    "articles_published": Measured("录用{n}篇", "篇", "录用|采用"),
    "media_reports": Measured("媒体报道{n}篇", "篇", "报道"),
}
"""In the order they are told; delegates and votes are told by the congress itself."""
_RATES = {
    "answered": ("proposals_answered", "答复率{n}"),
    "satisfied": ("proposals_satisfied", "满意率{n}"),
    "published": ("articles_published", "录用率{n}"),
}
"""Shares, the figure each is told behind, and its words."""


def tell_deed(deed: DeedFacts, facts: YearFacts, *, turn: int, in_brief: bool) -> Phrase:
    """One deed, its shape chosen by ``turn``; in brief without who came where a result is told."""
    if deed.kind == "congress" and (deed.figures.keys() & {"delegates_due", "delegates_present"} or deed.agenda):
        return tell_congress(deed, facts)
    more = [*_figures(deed), *_spent(deed, facts), *met(deed.targets), *_result(deed)]
    came = [] if in_brief and more else people(deed, turn=turn)
    if deed.present and is_joined(deed.title, deed.activity.relation):
        sent = fill("组织{n}人参加{name}", n=number(deed.present), name=clean(deed.title))
        return clauses([days(deed, facts), sent, *_times(deed), *more])
    shape = _SHAPES[turn % len(_SHAPES)]
    if shape == "people" and _is_led_by_people(deed):
        assert deed.present is not None
        opening = fill("{n}人参加{day}的{name}", n=number(deed.present), day=days(deed, facts), name=clean(deed.title))
        return clauses([opening, *_times(deed), *more])
    if shape == "month" and deed.to_on is None:
        return clauses([chain([month(deed.from_on), act(deed.title)]), *came, *more])
    return clauses([days(deed, facts), _act(deed), *came, *more])


_SHAPES = ("day", "month", "people", "month")
"""How a deed begins: its day, its month with the verb, or who came. Chosen by the activity, so that no other record moves it."""


def _act(deed: DeedFacts) -> Phrase:
    return act(deed.title, deed.activity.relation)


def _is_led_by_people(deed: DeedFacts) -> bool:
    """An event people came to, but not all who were meant, which is said otherwise."""
    if deed.present is None or deed.kind in {"care", "checkup"} or not is_event(deed.title):
        return False
    return deed.eligible is None or deed.present.number != deed.eligible.number


def tell_congress(deed: DeedFacts, facts: YearFacts) -> Phrase:
    """A congress: delegates, agenda, votes, proposals."""
    due, present = deed.figures.get("delegates_due"), deed.figures.get("delegates_present")
    name = clean(deed.title)
    called = _CALLS.match(name.text)
    parts: list[Words] = [days(deed, facts), chain(["召开", cut(name, called.end()) if called else name])]
    parts += [fill("应到代表{n}人", n=number(due))] if due else []
    parts += [fill("实到{n}人" if due else "到会代表{n}人", n=number(present))] if present else []
    agenda = [flowing(item) for item in deed.agenda]
    if agenda and all(_REPORTS.match(item.text) for item in agenda):
        parts += agenda
    elif agenda:
        parts.append(chain(["会议议程为", chain(agenda, "、")]))
    votes = (("赞成", "votes_for"), ("反对", "votes_against"), ("弃权", "votes_abstained"))
    voted = [fill(word + "{n}票", n=number(deed.figures[code])) for word, code in votes if code in deed.figures]
    parts += [chain(["表决", chain(voted, "、")])] if voted else []
    parts += _figures(deed)
    return clauses([*parts, *_spent(deed, facts), *met(deed.targets), *_result(deed)])


def tell_partly(deed: DeedFacts, facts: YearFacts) -> Phrase:
    """Something that was done in part, and what is left of it."""
    left = chain(["尚余", flowing(deed.remaining)]) if deed.remaining else "其余【待补充：进展】"
    done = [*people(deed, turn=1), *_figures(deed), *_result(deed)]
    return clauses([days(deed, facts), chain([clean(deed.title), "完成一部分"]), *done, left])


def tell_group(group: GroupFacts, facts: YearFacts, *, listed: Sequence[DeedFacts]) -> Phrase:
    """Several deeds of one kind or area, counted; of them ``listed`` are named here."""
    parts: list[Words] = [fill(whole_period(facts) + "开展{what}{n}次", what=group_name(group), n=number(group.times))]
    parts += attended(group.attended, group.counted, group.times, "CARE" if group.kind == "care" else group.area)
    parts += compared(group.last_year, facts, "次")
    return clauses([*parts, *([chain(["其中有", _some(listed, group)])] if listed else [])])


def _some(listed: Sequence[DeedFacts], group: GroupFacts) -> Phrase:
    """The first few by name; where all of the group are meant, which has been counted, without their number."""
    titles = [deed.title for deed in listed]
    if FEW < len(listed) == group.times.number:
        return chain([named(titles[:FEW]), "等"])
    return named(titles, most=FEW)


def group_name(group: GroupFacts) -> str:
    """What the deeds of a group are called."""
    if group.kind in _OF_MANY_AREAS:
        return _AREA_WORDS.get(group.area, "") + _KIND_DEEDS[group.kind]
    return _KIND_DEEDS.get(group.kind) or _AREA_DEEDS.get(group.area, "其他活动")


def tell_gathered(deeds: Sequence[DeedFacts]) -> Phrase:
    """Small deeds in one sentence with their number; who came to them the section's opening has counted."""
    times = count(Unit.ITEM, [deed.deed.source for deed in deeds])
    names = named([deed.title for deed in deeds], most=FEW)
    told = chain(["办结", names]) if len(deeds) > FEW else fill("办结{names}{n}项", names=names, n=number(times))
    return rest(clauses([told]), times.records)


def people(deed: DeedFacts, *, turn: int) -> list[Words]:
    """Who came, as its kind says it."""
    told: list[Words] = []
    if deed.present is None:
        return _times(deed)
    who = number(deed.present)
    if deed.kind == "checkup" and re.search("[检查]", deed.title.text):
        due = deed.eligible
        told.append(fill("应检{due}人、实检{n}人", due=number(due), n=who) if due else fill("{n}人参检", n=who))
        told += [fill("参检率{rate}", rate=percent(deed.turnout))] if deed.turnout else []
    elif deed.kind == "care" and re.search("慰问|走访|送|帮扶|看望", deed.title.text):
        told += [] if re.search(rf"(?<!\d){deed.present.number}[人份名户]", _said(deed)) else [fill("惠及{n}人", n=who)]
    elif deed.eligible and deed.present.number == deed.eligible.number:
        told.append(rest(fill("{n}人全部参加", n=number(deed.eligible)), who.records))
    elif deed.turnout and turn % 3 == 1 and deed.eligible:
        told.append(fill("{due}人中有{n}人参加", due=number(deed.eligible), n=who))
    elif deed.turnout:
        told.append(fill("{n}人参加", n=who))
        told += [fill("参加率{rate}", rate=percent(deed.turnout))]
    else:
        told.append(fill("{n}人参加", n=who))
    return told + _times(deed)


def attended(figure: Figure | None, counted: int, times: Figure, area: str = "") -> list[Words]:
    """Attendances of several deeds, saying so when not all of them were counted; those of care were not taken part in."""
    if figure is None:
        return []
    if area == "CARE":
        return [fill("惠及{n}人次" if counted >= times.number else "登记惠及{n}人次", n=number(figure))]
    if counted >= times.number:
        return [fill("参与{n}人次", n=number(figure))]
    return [fill("登记参与{n}人次", n=number(figure))]


def figures_of(figures: Mapping[str, Figure], rates: Mapping[str, Figure], said: str = "") -> list[Words]:
    """The figures of a check-off or of several, with their shares; what ``said`` says already is left out."""
    told: list[Words] = []
    for code, measured in FIGURES.items():
        if code in figures and not _is_said(measured, figures[code], said):
            told.append(fill(measured.says, n=number(figures[code])))
            told += [fill(words, n=percent(rates[name])) for name, (after, words) in _RATES.items() if after == code and name in rates]
    return told


def met(targets: Sequence[TargetFacts]) -> list[Words]:
    """Targets of the plan that were reached, in its own words."""
    return [fill("达到计划提出的“{target}”", target=flowing(target.phrase)) for target in targets if target.is_met and target.reached]


def compared(last_year: ComparedFacts | None, facts: YearFacts, unit: str) -> list[Words]:
    """The same count in the period before, up to the same day of it: more, fewer, as many."""
    if last_year is None:
        return []
    then = "上年" if facts.period.is_year_end else "上年同期"
    more = difference(last_year.now.unit, last_year.now, last_year.before)
    fewer = difference(last_year.now.unit, last_year.before, last_year.now)
    if more.number == 0:
        return [rest(f"与{then}持平", more.records)]
    return [fill(f"比{then}增加{{n}}{unit}", n=number(more)) if more.number > 0 else fill(f"比{then}减少{{n}}{unit}", n=number(fewer))]


def whole_period(facts: YearFacts) -> str:
    """全年; before the year's end 今年以来."""
    if not facts.period.is_year_end:
        return {"calendar_year": "今年以来", "school_year": "本学年以来"}.get(facts.period.kind, "本学期以来")
    return {"calendar_year": "全年", "school_year": "本学年"}.get(facts.period.kind, "本学期")


def _spent(deed: DeedFacts, facts: YearFacts) -> list[Words]:
    return [fill("支出{sum}", sum=yuan(deed.spent))] if deed.spent and tells_money(deed, facts) else []


def _figures(deed: DeedFacts) -> list[Words]:
    """The figures of one deed; where proposals are answered, those received are those to be answered."""
    told = figures_of(deed.figures, deed.rates, _said(deed))
    received = deed.figures.get("proposals_received")
    if received and "proposals_answered" in deed.figures and re.search("答复|办理", deed.title.text):
        others = {code: figure for code, figure in deed.figures.items() if code != "proposals_received"}
        return [fill("承办提案{n}件", n=number(received)), *figures_of(others, deed.rates, _said(deed))]
    return told


def _times(deed: DeedFacts) -> list[Words]:
    return [fill("参与{n}人次", n=number(deed.person_times))] if deed.person_times else []


def _result(deed: DeedFacts) -> list[Words]:
    return [flowing(deed.result)] if deed.result and deed.result.text.strip() else []


def _said(deed: DeedFacts) -> str:
    return deed.result.text if deed.result else ""


def _is_said(measured: Measured, figure: Figure, said: str) -> bool:
    """Whether somebody's words hold this number with its unit, and its noun before or after it."""
    return bool(re.search(rf"(?<!\d){figure.value}{measured.unit}", said)) and bool(re.search(measured.noun, said))
