"""A task of the plan as the result it came to: 加强民主管理 → 民主管理不断加强. Offered to people, never put in by itself.

Source: domain notes E4 (task heading → result heading).
"""

import re

_RESOLVE = re.compile(r"^(?:进一步|不断|继续|持续|切实|认真|积极|扎实|努力|大力|全面|深入|着力|广泛|主动|充分|有效|稳步|逐步|依法)+")
_ADORNED = re.compile(r"^(?:(?:丰富多彩|形式多样|多种多样)的?|各[类种项]|系列|有效的)")
_SETTING = re.compile(r"^(?:以.+为.{2}|围绕.+)$")  # stays as it is where something came of it
_NO_OBJECT = re.compile(  # another task stands in it
    "^[和与及并、好了]|[和与及并、的]$|[：:；;。？！]|进一步|不断|切实|努力|大力|着力|有序|加强|完善|健全|提高|提升|增强|改进|丰富|推进|弘扬"
)
_OBJECT = r"(?P<it>.{2,24})"
_EVENT = r"(?P<it>.{2,20}(?:活动|竞赛|比赛|培训|行动|慰问|教育|学习|评选))"
_ORDER = r"(?P<it>.{0,20}(?:制度|机制|管理|流程|程序|手续))"

_RULES = tuple(
    (re.compile(f"^(?:{task})$"), result)
    for task, result in (
        (rf"(?:建立健全|完善|健全|规范){_ORDER}", "{it}更加规范"),
        (rf"规范{_OBJECT}", "{it}更加规范"),
        (rf"(?:建立健全|完善){_OBJECT}", "{it}不断完善"),
        (rf"健全{_OBJECT}", "{it}不断健全"),
        (rf"(?P<verb>加强|强化|提高|提升|增强|改善|优化|深化|扩大|壮大|拓宽|拓展|夯实){_OBJECT}", "{it}不断{verb}"),
        (rf"(?P<verb>丰富|活跃){_OBJECT}", "{it}日益{verb}"),
        (rf"推进{_OBJECT}", "{it}稳步推进"),
        (rf"(?P<verb>维护|保障|弘扬){_OBJECT}", "{it}得到{verb}"),
        (rf"落实{_OBJECT}", "{it}落到实处"),
        (rf"(?:组织开展|开展|组织|抓|做)好?{_EVENT}", "{it}有序开展"),
        (r"(?:做|抓)(?:好|实|细)(?P<it>.{2,20}(?:工作|工程))", "{it}扎实推进"),
    )
)


def result_heading(heading: str) -> str | None:
    """The heading (without its number) told as a result; None where a part of it fits no rule, or says its result already.

    Whether anything was done under it is the caller's to know.
    """
    clauses = [clause.strip() for clause in re.split("[，,]", heading.strip(" 。；;"))]
    told = [_tell(clause, leads=n < len(clauses) - 1, follows=n > 0) for n, clause in enumerate(clauses)]
    if None in told or told == clauses:
        return None
    return "，".join(clause for clause in told if clause)


def _tell(clause: str, *, leads: bool, follows: bool) -> str | None:
    """One clause; ``leads``: another comes behind it, ``follows``: one stands before it."""
    if leads and _SETTING.match(clause):
        return clause
    if follows and clause[:1] in {"让", "使"}:  # what the first was to bring about
        return clause[1:] or None
    task = _RESOLVE.sub("", clause)
    for rule, result in _RULES:
        match = rule.match(task)
        if match:
            it = _ADORNED.sub("", match["it"])
            return None if _NO_OBJECT.search(it) else result.format_map({**match.groupdict(), "it": it})
    return None
