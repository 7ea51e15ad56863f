"""What did not go well and what is answered to it, one to one. Source: domain notes E4 «Problems», E5.7."""

import re
from collections.abc import Callable, Iterable

from unionboard.drafting.facts import Complaint, ProblemFacts, ProblemKind, YearFacts
from unionboard.drafting.figures import Figure, Unit, count
from unionboard.drafting.phrases import Phrase, Words, chain, fill, rest
from unionboard.drafting.telling import GRAVEST
from unionboard.drafting.typed import cut, same_words
from unionboard.drafting.zh.figures import FEW, LISTED, clauses, named, number, percent, wan, yuan
from unionboard.drafting.zh.frame import next_period
from unionboard.drafting.zh.titles import clean, flowing, quoted
from unionboard.reference import work_areas

MEASURES = {
    Unit.PERSON: "人",
    Unit.PERSON_TIME: "人次",
    Unit.HOUSEHOLD: "户",
    Unit.TIME: "次",
    Unit.SESSION: "期",
    Unit.ITEM: "项",
    Unit.CASE: "件",
    Unit.ARTICLE: "篇",
    Unit.VOTE: "票",
    Unit.GROUP: "个",
}
_BECAUSE = re.compile("^(?:因为|由于|因|受)")


def tell_problem(problem: ProblemFacts) -> Phrase:
    """One problem as a sentence."""
    return clauses([_PROBLEMS[problem.kind](problem)])


def short_problems(facts: YearFacts) -> Phrase:
    """The gravest kinds counted, in one sentence."""
    told = [_short(problem) for problem in facts.problems[:GRAVEST]]
    return chain(["主要问题是", chain(told, "、"), "。"]) if told else Phrase("")


def _undone(words: str) -> Callable[[ProblemFacts], Phrase]:
    def tell(problem: ProblemFacts) -> Phrase:
        if len(problem.complaints) == 1:
            return chain([_name(problem.complaints[0]), words])
        return _list_names(problem, words, same_words(_name(one) for one in problem.complaints[:LISTED]))

    return tell


def _because(words: str) -> Callable[[ProblemFacts], Phrase]:
    def tell(problem: ProblemFacts) -> Phrase:
        if len(problem.complaints) == 1:
            one = problem.complaints[0]
            return chain([_name(one), words, "，原因是", _reason(one)])
        return _list_names(problem, words, [chain([_name(one), "（", _reason(one), "）"]) for one in problem.complaints[:LISTED]])

    return tell


def _list_names(problem: ProblemFacts, words: str, told: Iterable[Words]) -> Phrase:
    """How many activities ``words`` is said of, and which; of a long list the first."""
    more = "等" if len(problem.complaints) > LISTED else ""
    return chain([fill("有{n}项活动" + words + "：", n=number(problem.figures[0])), chain(told, "、"), more])


def _missed(problem: ProblemFacts) -> Phrase:
    told = [
        fill("{name}计划{planned}次，缺{missed}次", name=_name(one), planned=number(one.figures[0]), missed=number(one.figures[1]))
        for one in problem.complaints
    ]
    return _some(told, problem, "项常规工作有缺次")


def _target(problem: ProblemFacts) -> Phrase:
    told = [
        fill(
            "{name}计划“{target}”，实际" + ("共" if problem.kind is ProblemKind.ARTICLES else "") + "{n}",
            name=_name(one),
            target=flowing(one.reason),
            n=_measured(one.figures[0]),
        )
        for one in problem.complaints
        if one.reason
    ]
    return _some(told, problem, "项目标未达到")


def _turnout(problem: ProblemFacts) -> Phrase:
    told = [
        fill(
            "{name}应参加{due}人，实到{came}人，参加率{rate}",
            name=_name(one),
            due=number(one.figures[0]),
            came=number(one.figures[1]),
            rate=percent(one.figures[2]),
        )
        for one in problem.complaints
    ]
    return _some(told, problem, "项活动参加率低")


def _weak(problem: ProblemFacts) -> Phrase:
    bare = [one for one in problem.complaints if len(one.figures) == 1]
    weaker = [one for one in problem.complaints if len(one.figures) == 2]
    told: list[Words] = []
    if bare:
        names = chain([quoted(_part(one)) for one in bare], "、")
        told.append(rest(chain([names, "部分没有办结记录"]), [source for one in bare for source in one.figures[0].records]))
    told += [
        fill("{name}方面办了{now}次，上年为{then}次", name=quoted(_part(one)), now=number(one.figures[0]), then=number(one.figures[1]))
        for one in weaker
    ]
    return chain(told, "；")


def _over_plan(problem: ProblemFacts) -> Phrase:
    told = [fill("{name}支出超出活动预算{sum}", name=_name(one), sum=yuan(one.figures[0])) for one in problem.complaints]
    return _some(told, problem, "项活动支出超出预算")


def _over_item(problem: ProblemFacts) -> Phrase:
    told = [fill("{name}支出超出年度预算{sum}", name=clean(one.title), sum=yuan(one.figures[0])) for one in problem.complaints]
    return _some(told, problem, "项支出超出年度预算")


def _execution(problem: ProblemFacts) -> Phrase:
    spent, budget, share = problem.figures
    return fill("支出预算{budget}，实际支出{spent}，执行率只有{n}", budget=yuan(budget), spent=yuan(spent), n=percent(share))


def _evidence(problem: ProblemFacts) -> Phrase:
    names = named([one.title for one in problem.complaints], most=FEW)
    return fill("有{n}次办结缺少佐证材料，涉及{names}", n=number(problem.figures[0]), names=names)


_PROBLEMS: dict[ProblemKind, Callable[[ProblemFacts], Phrase]] = {
    ProblemKind.LATE: _undone("逾期未办"),
    ProblemKind.CANCELLED: _because("未能按计划开展"),
    ProblemKind.POSTPONED: _because("推迟"),
    ProblemKind.PARTLY: _undone("只完成一部分"),
    ProblemKind.MISSED: _missed,
    ProblemKind.TARGET: _target,
    ProblemKind.TURNOUT: _turnout,
    ProblemKind.WEAK_AREA: _weak,
    ProblemKind.OVER_PLAN: _over_plan,
    ProblemKind.OVER_ITEM: _over_item,
    ProblemKind.EXECUTION: _execution,
    ProblemKind.EVIDENCE: _evidence,
    ProblemKind.ARTICLES: _target,
}


def tell_idea(problem: ProblemFacts, facts: YearFacts) -> Phrase:
    """What answers it; it names a single complaint and counts several."""
    return clauses([_answer(problem, next_period(facts), is_over=facts.period.is_over)])


def _answer(problem: ProblemFacts, next_one: str, *, is_over: bool) -> Words:
    def ones(words: str) -> Phrase:
        return _ones(problem, words)

    match problem.kind:
        case ProblemKind.LATE if is_over:
            return chain(["把", ones("项逾期活动"), f"列入{next_one}计划，定时间、定责任人"])
        case ProblemKind.LATE:
            return chain(["抓紧补办", ones("项逾期活动"), f"，办不完的列入{next_one}计划，定时间、定责任人"])
        case ProblemKind.CANCELLED:
            return chain(["重新论证", ones("项未开展的活动"), f"，仍有需要的列入{next_one}计划"])
        case ProblemKind.POSTPONED:
            return chain(["按调整后的时间办好", ones("项推迟的活动")])
        case ProblemKind.PARTLY:
            return chain(["接着办完", ones("项未办完活动"), "的其余部分"])
        case ProblemKind.MISSED:
            return chain(["把", ones("项有缺次的工作"), "按次排进月度安排"])
        case ProblemKind.ARTICLES:
            return chain(["把", ones("项报送任务"), "的任务分到各工会小组" if len(problem.complaints) == 1 else "分到各工会小组"])
        case ProblemKind.TARGET:
            return chain(["把", ones("项未达到的目标"), "分解到季度，定期对照进度"])
        case ProblemKind.WEAK_AREA:
            return chain(["在", chain([quoted(_part(one)) for one in problem.complaints], "、"), "方面安排具体活动，定时间、定责任人"])
        case kind:
            return _ANSWERS[kind]


_ANSWERS = {
    ProblemKind.TURNOUT: "活动前征求意见，错开工作高峰，提高参加率",
    ProblemKind.OVER_PLAN: "活动先做经费测算，超出预算的先报批、后开支",
    ProblemKind.OVER_ITEM: "据实编制下一年度预算，年中需要调整的按程序报批",
    ProblemKind.EXECUTION: "把支出预算分解到季度，按进度使用",
    ProblemKind.EVIDENCE: "补齐所缺材料，今后活动结束即收齐签到、照片和票据，一项一档",
}


def _short(problem: ProblemFacts) -> Words:
    """A problem in a few words and one figure."""
    kind = problem.kind
    if kind is ProblemKind.EXECUTION:
        return fill("预算执行率只有{n}", n=percent(problem.figures[2]))
    counted = {
        ProblemKind.LATE: "{n}项活动逾期",
        ProblemKind.CANCELLED: "{n}项活动取消",
        ProblemKind.POSTPONED: "{n}项活动推迟",
        ProblemKind.PARTLY: "{n}项活动未办完",
        ProblemKind.MISSED: "{n}项常规工作有缺次",
        ProblemKind.TARGET: "{n}项目标未达到",
        ProblemKind.TURNOUT: "{n}项活动参加率低",
        ProblemKind.WEAK_AREA: "{n}个方面工作偏少",
        ProblemKind.OVER_PLAN: "{n}项活动超预算",
        ProblemKind.OVER_ITEM: "{n}项支出超年度预算",
        ProblemKind.EVIDENCE: "{n}次办结缺佐证材料",
        ProblemKind.ARTICLES: "信息报送未达目标",
    }[kind]
    figure = problem.figures[0] if problem.figures else _how_many(problem)
    words = fill(counted, n=number(figure))
    return rest(words, figure.records)


def _some(told: list[Phrase], problem: ProblemFacts, words: str) -> Phrase:
    """The first few; behind a cut their number."""
    if len(told) <= LISTED:
        return chain(told, "；")
    return fill("有{n}" + words + "：{told}等", n=number(_how_many(problem)), told=chain(told[:LISTED], "；"))


def _how_many(problem: ProblemFacts) -> Figure:
    """Complaints counted by what each rests on first: its title's record, else that of its figure."""
    sources = [one.title.source or one.figures[0].records[0] for one in problem.complaints if one.title.source or one.figures[0].records]
    return count(Unit.ITEM, sources)


def _ones(problem: ProblemFacts, words: str) -> Phrase:
    """A single one by name, several by number."""
    if len(problem.complaints) == 1:
        return _name(problem.complaints[0])
    figure = problem.figures[0] if problem.figures else _how_many(problem)
    return fill("{n}" + words, n=number(figure))


def _name(one: Complaint) -> Phrase:
    return quoted(clean(one.title))


def _part(one: Complaint) -> Phrase:
    """A heading of the plan, else the work area's name."""
    return clean(one.title) if one.title else Phrase(work_areas()[one.area].zh)


def _reason(one: Complaint) -> Phrase:
    if one.reason is None:
        return Phrase("【待补充：原因】")
    text = flowing(one.reason)
    begins = _BECAUSE.match(text.text)
    return cut(text, begins.end()) if begins else text


def _measured(figure: Figure) -> Phrase:
    if figure.unit is Unit.PERCENT:
        return percent(figure)
    if figure.unit is Unit.FEN:
        return wan(figure)
    return chain([number(figure), MEASURES.get(figure.unit, "")])
