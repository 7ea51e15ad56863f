"""What stands around the work: title, headings, lead, the union in figures, signature. Source: domain notes E2, E4."""

from unionboard.drafting.days import as_of_figure, ends_figure, starts_figure, year_figure
from unionboard.drafting.facts import BasicsFacts, QuotedText, YearFacts
from unionboard.drafting.phrases import Phrase, Words, chain, fill, rest, show
from unionboard.drafting.typed import trim, typed
from unionboard.drafting.wording import Form, Head, Keyed
from unionboard.drafting.zh.deeds import compared
from unionboard.drafting.zh.figures import clauses, day, full_day, number, percent
from unionboard.drafting.zh.titles import STOPS

HEADINGS = {
    Head.BASICS: "基本情况",
    Head.WORK: "主要工作",
    Head.MONEY: "经费收支情况",
    Head.HONOURS: "获得的荣誉",
    Head.PROBLEMS: "存在的问题和不足",
}
_NEXT = {"calendar_year": "下一年", "school_year": "下一学年"}
_PAPERS = {Form.FULL: "工作总结", Form.CONGRESS: "工作报告", Form.BRIEF: "工作情况", Form.COMBINED: "工作总结"}


def title(facts: YearFacts, form: Form) -> str:
    """青松小学工会2026年工作总结"""
    plan = f"和{next_period(facts)}工作计划要点" if form is Form.COMBINED else ""
    return f"{facts.union_name.text or '工会'}{_period(facts).text}{_PAPERS[form]}{plan}"


def heading(head: Head, facts: YearFacts) -> str:
    """A heading that is not the plan's own; before the year's end the next steps are not yet next year's."""
    if head is Head.OUTLINE:
        return f"{next_period(facts)}工作计划要点"
    if head is Head.AHEAD:
        return f"{next_period(facts)}工作思路" if facts.period.is_year_end else "下一步工作打算"
    return HEADINGS[head]


def next_period(facts: YearFacts) -> str:
    """下一年, 下一学年, 下一学期."""
    return _NEXT.get(facts.period.kind, "下一学期")


def lead(facts: YearFacts, form: Form) -> list[Keyed]:
    """Under whom and around what; how much of the plan is done; what follows."""
    told: list[Keyed] = [("lead", _under_whom(facts))]
    if facts.plan.planned.number:
        told.append(("plan", _how_much(facts) if form in {Form.FULL, Form.COMBINED} else _in_short(facts)))
    elif not facts.period.is_year_end:
        told.append(("plan", fill("有关情况截至{day}。", day=day(as_of_figure(facts), facts))))
    if form in {Form.FULL, Form.COMBINED}:
        told.append(("closing", "现总结如下。"))
    return told


def basics(facts: YearFacts) -> list[Keyed]:
    """Members, then groups, delegates, committee and its meetings."""
    known = facts.basics
    told = [("members", clauses(_members(known))), ("bodies", clauses(_bodies(known)))]
    return [(key, words) for key, words in told if words]


def signature(facts: YearFacts) -> list[Keyed]:
    """The union, then the day in full."""
    name = _said(facts.union_name) if facts.union_name else "【待补充：工会名称】"
    return [("union", name), ("day", full_day(as_of_figure(facts)))]


def _under_whom(facts: YearFacts) -> Phrase:
    above = [_said(body) for body in (facts.higher_union, facts.party_body) if body]
    name = _said(facts.union_name) if facts.union_name else "【待补充：工会名称】"
    centre: Words = "【待补充：中心工作】"
    if facts.centre:
        centre = chain(["“", trim(typed(facts.centre), "“”" + STOPS), "”"])
    return fill(
        "{period}，在{above}领导下，{union}围绕{centre}开展工作。",
        period=_period(facts),
        above=chain(above, "和") or "【待补充：上级工会和党组织】",
        union=name,
        centre=centre,
    )


def _how_much(facts: YearFacts) -> Phrase:
    """Planned, done, and the rest by what became of it."""
    plan = facts.plan
    left = (
        ("部分完成{n}项", plan.partly),
        ("正在进行{n}项", plan.under_way),
        ("推迟{n}项" if facts.period.is_over else "尚待开展{n}项", plan.waiting),
        ("逾期{n}项", plan.late),
        ("取消{n}项", plan.cancelled),
    )
    parts: list[Words] = [_planned_and_done(facts, "全年计划活动" if _is_year(facts) else "计划活动")]
    parts += [fill(words, n=number(figure)) for words, figure in left if figure.number]
    parts += [fill("各项活动参与{n}人次", n=number(plan.attended))] if plan.attended else []
    return clauses([*parts, *_compared(facts)])


def _in_short(facts: YearFacts) -> Phrase:
    """Planned, done, attendances: problems are told below."""
    attended = facts.plan.attended
    came = [fill("参与{n}人次", n=number(attended))] if attended else []
    return clauses([_planned_and_done(facts, "计划活动"), *came])


def _planned_and_done(facts: YearFacts, what: str) -> Phrase:
    """How many were planned and done; before the year's end up to which day."""
    plan = facts.plan
    planned = fill(what + "{n}项", n=number(plan.planned))
    since = Phrase("") if facts.period.is_year_end else fill("截至{day}，", day=day(as_of_figure(facts), facts))
    if plan.done.number == plan.planned.number:
        return chain([since, rest(chain([planned, "全部完成"]), plan.done.records)])
    done: Words = fill("，完成{n}项", n=number(plan.done)) if plan.done.number else "，尚无办结记录"
    return chain([since, planned, done])


def _compared(facts: YearFacts) -> list[Words]:
    return [chain(["完成数", told]) for told in compared(facts.plan.last_year, facts, "项")]


def _members(known: BasicsFacts) -> list[Words]:
    parts: list[Words] = []
    parts += [fill("现有教职工{n}人", n=number(known.staff))] if known.staff else []
    parts += [fill("工会会员{n}人" if parts else "现有工会会员{n}人", n=number(known.members))] if known.members else []
    parts += [fill("其中女会员{n}人", n=number(known.women))] if known.women and known.members else []
    parts += [fill("入会率{n}", n=percent(known.joining))] if known.joining else []
    parts += [fill("新入会{n}人", n=number(known.joined))] if known.joined else []
    parts += [fill("转出和退会{n}人", n=number(known.left))] if known.left else []
    return parts


def _bodies(known: BasicsFacts) -> list[Words]:
    parts: list[Words] = []
    parts += [fill("工会委员会有委员{n}人", n=number(known.committee))] if known.committee else []
    parts += [fill("下设工会小组{n}个", n=number(known.groups))] if known.groups else []
    parts += [fill("教代会代表{n}人", n=number(known.delegates))] if known.delegates else []
    parts += [fill("形成委员会会议纪要{n}份", n=number(known.meetings))] if known.meetings else []
    return parts


def _period(facts: YearFacts) -> Phrase:
    """2026年, 2026—2027学年, 2026—2027学年第二学期."""
    period = facts.period
    if period.kind == "calendar_year":
        return chain([show(year_figure(facts), str(period.year)), "年"])
    begins_in_autumn = period.starts_on.month >= 7
    first = period.starts_on.year if begins_in_autumn else period.starts_on.year - 1
    term = "" if period.kind == "school_year" else "第一学期" if begins_in_autumn else "第二学期"
    from_on, to_on = show(starts_figure(facts), str(first)), show(ends_figure(facts), str(first + 1))
    return chain([from_on, "—", to_on, "学年", term])


def _is_year(facts: YearFacts) -> bool:
    return facts.period.kind == "calendar_year"


def _said(text: QuotedText) -> Phrase:
    return trim(typed(text), STOPS)
