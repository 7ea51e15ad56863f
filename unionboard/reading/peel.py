"""The words of one item: what they say beside its name is taken off them."""

import re
from dataclasses import dataclass

from unionboard.reading.areas import classify
from unionboard.reading.clauses import PLACE, find_lead, find_tail, find_wish, split_outside, tells
from unionboard.reading.draft import ActivityDraft
from unionboard.reading.fields import Field, Label, read_budget_fen, split_fields, trim
from unionboard.reading.lines import Passage
from unionboard.reading.marks import find_mark, starts_with_verb
from unionboard.reading.months import MONTH_NUMBER, Time, find_dates, find_time, is_bound, open_third

BRACKET_TAIL = re.compile(r"\s*[(\[【](?P<inside>[^()\[\]【】]{1,40})[)\]】]\s*[。;,.!]*\s*$")
_TIME_TAIL = (
    rf"(?P<time>(?:20\d\d年)?\s*{MONTH_NUMBER}[\s\d一二三四五六七八九十月份至、,-]{{0,16}}月?份?(?<=[月份])"
    r"(?:\s*(?:[上中下]旬|初|底|末|中))?(?:\d{1,2}[日号])?)"
)
_DASH_TAIL = re.compile(rf"(?:\s+|-{{1,4}}|…+|\.{{3,}}|[:])\s*{_TIME_TAIL}\s*[。;.]*\s*$")
_CLAUSE_TAIL = re.compile(
    rf"[,;\s](?:活动|具体|举办)?(?:时间)?(?:安排|定|拟定|初定|暂定|计划|预计|拟|将)*(?:在|于|为|:)?\s*{_TIME_TAIL}"
    r"(?:之?前|左右|前后|期间)?(?:分批|全部|前)?(?:进行|举行|开展|举办|完成|召开|实施)?[。;.]*\s*$"
)
_OWNER_TAIL = re.compile(
    r"[,;\s]+(?:负责人?|责任人?|牵头人?|承办人?|责任部门|负责部门|牵头部门)\s*(?P<owner>[^\s:,;。]{2,12})[。;,.]*$"
    r"|[,;\s]+由?(?P<who>[^\s,;:。]{2,12}?)(?:具体)?(?:负责|牵头|承办|主办)[。;,.]*$"
)
_BUDGET_TAIL = re.compile(
    r"[,;\s]+(?:预计|大?约|拟|共|需)?(?:所需|使用|投入|安排)?(?:工会)?(?:经费|预算|费用|资金)(?:预算)?(?:大?约|为|控制在|不超过)?\s*"
    r"(?P<sum>\d[\d,.]*\s*万?元?)(?:左右|以内)?[。;,.]*$|[,;\s]+(?P<bare>\d[\d,.]*\s*万?元)[。;,.]*$"
)
_AUDIENCE_TAIL = re.compile(
    r"[,;\s]+(?P<who>(?:全体|全校|全院|全园|各|部分|在职|退休|女|男|教职工|教工|职工|会员|青年|新|一线)[^,;。\s]{0,14}?)参[加与][。;,.]*$"
)
_GROUP = re.compile(
    r"^(?:(?:全体|全校|全院|全园|全厂|各|部分|在职|在编|离?退休|女|男|青年|新|一线|困难|优秀)?"
    r"(?:教职工|教职员工|教师|教工|职工|员工|会员|女工|女职工|女教工|女教师|工会小组长?|工会委员|工会干部|职工代表|教代会代表|科室|年级组|班组|分工会|部门)(?:代表|组长)?)$"
)
_NAME = re.compile(
    r"^[\u4e00-\u9fff、]{1,12}?(?:老师|主席|委员|部长|主任|组长|校长|院长|园长|书记|部|处|室|科|组|办|队|委|会|团支部|党支部|社|社团|书屋|中心)$"
)
_NOT_A_NAME = re.compile(
    r"(?:比赛|活动|运动会|座谈会|联欢会|茶话会|教代会|职代会|大会|晚会|节|周|月|日|[一二三四五六七八九十\d]+组|小组为单位|待定|暂定)"
)
_LEAD_IN = re.compile(r"(?:(?:拟|计划|预计|将|定)?(?:在|于)|(?P<festival>[^,。;()\d]{1,6})\()")
_AUDIENCE = re.compile(r"以.{1,8}为单位|必须|人人|自愿|每[人组队]|(?:全体|各).{0,10}参[加与]|参加|参与|另行|暂定|待定|视情况|根据")
_ASIDE = re.compile(r"\d:\d\d|[上下]午|^与.{2,10}同[台场]|^分[一二三四五六两\d]+[批期场组]|^全程|^遇雨|^限")
_TIME_LABEL = re.compile(r"(?:(?:活动|完成)?(?:时间|时限)\s*:?|拟?定?于|拟|计划)\s*")
_HOLIDAY_ONLY = re.compile(
    r"^(?:.{0,8}不安排.{0,8}|(?:国庆|五一)?调休|休会|(?:清明|五一|端午|中秋|国庆|元旦|寒|暑|春节)?节?放?\s*假期?|放?(?:寒|暑)\s*假|假\s*期|暂?无(?:安排|活动)?|略|机动|-+|/|[期][中末](?:复习|考试))$"
)
_EXPLAINED = re.compile(
    r"(?P<name>[^:,。;]{3,20})(?P<colon>\s*:\s*)(?P<note>.{8,})$|(?P<before>\S.{2,24}?)(?P<dash>\s+-{1,4}\s+)(?P<after>\S.{3,})$"
)
_GENERIC = re.compile(
    r"^(?:主题|活动|内容|重点|工作|目标|任务|主要|本月)|(?:活动|节|主题|月|赛|讲座)主题$|[一二三四五六七八九十]是|以“|开展“"
)
_CANCELLED = re.compile(r"[【(\[](?:已)?取消[】)\]]")
_PLACE = re.compile(r"\s*@\s*(?P<place>[^@\s]{2,16})\s*$")
PUNCTUATION = " \t→➔⇒↓。;；,，、:：.!！?？-—–\u3000"


@dataclass(frozen=True, slots=True)
class Dated:
    """An activity and, when its own words name them, the months that go before those of its head."""

    activity: ActivityDraft
    time: Time | None = None


def is_name(words: str) -> bool:
    """Whether the words name who is in charge: 王老师, 女工委, 工会办公室、总务处."""
    return bool(_NAME.match(words)) and not _NOT_A_NAME.search(words) and (len(words) <= 4 or not starts_with_verb(words))


def peel_activity(passage: Passage) -> Dated | None:
    """One activity: what its words say beside its name is taken off them, the month at either end, fields, brackets, who is in charge."""
    peel = _Peel(passage)
    peel.take_month_before()
    peel.take_lead()
    peel.take_place()
    peel.take_fields()
    for _ in range(3):
        before = peel.words
        peel.take_bracket()
        peel.take_owner()
        peel.take_budget()
        peel.take_audience()
        peel.take_tail()
        if peel.words == before:
            break
    peel.take_month_behind()
    peel.take_explanation()
    return peel.activity()


class _Peel:
    """The words of an item and what was taken off them so far."""

    def __init__(self, passage: Passage) -> None:
        mark = find_mark(passage.plain)
        self.words = passage.part(mark.end) if mark else passage
        self.time: Time | None = None
        self.third: int | None = None
        self.owner = ""
        self.audience = ""
        self.budget_fen: int | None = None
        self.notes: list[str] = []

    def take_month_before(self) -> None:
        plain = self.words.plain
        if opened := open_third(plain):
            self.third = opened[0]
            self.words = self.words.part(opened[1])
            return
        lead = _LEAD_IN.match(plain)
        offset = lead.end() if lead else 0
        time = find_time(plain[offset:])
        if time is None or not time.months or is_bound(plain[offset + time.end :]):
            return
        # 年终总结 and 暑期活动 are names: only a month is taken off the words, or a season that a comma or colon sets off
        rest = plain[offset + time.end :]
        if lead and lead.group("festival"):  # 国庆节前后(10月)举办书画展
            if rest[:1] != ")" or not starts_with_verb(rest[1:].lstrip()):
                return
            rest = rest[1:]
        named = "季度" in time.words and starts_with_verb(rest.lstrip())  # 第一季度旅游 is a name as well
        if "月" in time.words or named or rest[:1] in (",", ":"):
            self.time = time
            if rest.strip(PUNCTUATION):
                self.words = self.words.part(len(plain) - len(rest.lstrip(PUNCTUATION)))

    def take_lead(self) -> None:
        """以端午为契机，举办包粽子比赛; 我们想去敬老院包饺子."""
        self.words = self.words.part(find_wish(self.words.plain))
        if begin := find_lead(self.words.plain):
            self.notes.append(self.words.text[:begin].strip(PUNCTUATION))
            self.words = self.words.part(begin)

    def take_tail(self) -> None:
        """举办演讲比赛，各组至少推荐一人; 放风筝，中心草坪."""
        if begin := find_tail(self.words):
            self.notes.append(self.words.text[begin:].strip(PUNCTUATION))
            self.words = trim(self.words.part(0, begin))

    def take_place(self) -> None:
        """献血日 @采血车."""
        place = _PLACE.search(self.words.plain)
        if place and place.start() > 1:
            self.notes.append(self.words.text[place.start("place") : place.end("place")])
            self.words = self.words.part(0, place.start())

    def take_fields(self) -> None:
        """羽毛球赛 时间:4月 地点:体育馆."""
        words, fields = split_fields(self.words)
        if not fields or len(words.plain) < 2:
            return
        for field in fields:
            self._take_field(field)
        self.words = trim(words)

    def _take_field(self, field: Field) -> None:
        if field.label is Label.TIME and (when := find_time(field.value.plain)) and when.months:
            self.time = self.time or when
        elif field.label is Label.OWNER:
            named, *others = split_outside(field.value, ",;") or [field.value]
            self.owner = "、".join(filter(None, (self.owner, named.text)))
            for other in others:
                fen = read_budget_fen(other.plain) if re.search(r"元$|经费|预算", other.plain) else None
                self.budget_fen = self.budget_fen if fen is None else fen
                self.notes += [other.text] if fen is None else []
        elif field.label is Label.AUDIENCE:
            self.audience = field.value.text
        elif field.label is Label.BUDGET and (fen := read_budget_fen(field.value.text)) is not None:
            self.budget_fen = fen
        else:
            self.notes.append(f"{field.name}：{field.value.text}")

    def take_bracket(self) -> None:
        """(负责人:李老师), (3月), (全体会员), [工会办], (以小组为单位，人人参加); a bracket that names a day stays with the name."""
        tail = BRACKET_TAIL.search(self.words.plain)
        if not tail or tail.start() < 2:
            return
        inside = self.words.part(tail.start("inside"), tail.end("inside"))
        aside = [part for part in split_outside(inside, ",;、") if tells(part.plain) or _ASIDE.search(part.plain)]
        if find_dates(inside.plain) and not aside:
            when = find_time(tail.group("inside"))
            self.time = self.time or (when if when and when.day_from else None)
            return
        rest, fields = split_fields(inside)
        taken = bool(fields or aside)
        for field in fields:
            self._take_field(field)
        notes = []
        for part in split_outside(rest, ",;") if rest.plain else []:
            label = _TIME_LABEL.match(part.plain)
            begin = label.end() if label else 0
            when = find_time(part.plain[begin:])
            if when and when.months and ("月" in when.words or begin + when.end >= len(part.plain)):
                self.time = self.time or when
                taken = True
                notes += [
                    words for words in [part.text[begin + when.end :].strip(PUNCTUATION)] if words and words not in ("前", "前完成", "完成")
                ]
            elif named := re.fullmatch(r"由?(?P<who>[^:]{2,12}?)(?:负责|牵头|承办|主办)", part.plain):
                self.owner, taken = part.text[named.start("who") : named.end("who")], True
            elif label_less := re.fullmatch(r"(?:负责人?|责任人?|牵头)\s*(?P<who>[^:]{2,12})", part.plain):
                self.owner, taken = part.text[label_less.start("who") : label_less.end("who")], True
            elif is_name(part.plain) and not self.owner and not PLACE.fullmatch(part.plain):
                self.owner, taken = part.text, True
            elif _GROUP.match(part.plain):
                self.audience, taken = part.text, True
            elif (fen := read_budget_fen(part.plain)) and re.search(r"元$|经费|预算", part.plain):
                self.budget_fen, taken = fen, True
            else:
                taken = taken or bool(_AUDIENCE.search(part.plain))
                notes.append(part.text)
        if taken:
            self.notes += ["，".join(notes)] if notes else []
            self.words = self.words.part(0, tail.start())

    def take_owner(self) -> None:
        """体检，负责人王老师; 插花，由女工委负责."""
        named = _OWNER_TAIL.search(self.words.plain)
        if named and not self.owner and named.start() > 1:
            group = "owner" if named.group("owner") else "who"
            self.owner = self.words.text[named.start(group) : named.end(group)]
            self.words = self.words.part(0, named.start())

    def take_budget(self) -> None:
        """运动会，经费3000元."""
        named = _BUDGET_TAIL.search(self.words.plain)
        if named and self.budget_fen is None and named.start() > 1:
            self.budget_fen = read_budget_fen(named.group("sum") or named.group("bare"))
            self.words = self.words.part(0, named.start())

    def take_audience(self) -> None:
        """篮球赛，全体男教工参加."""
        named = _AUDIENCE_TAIL.search(self.words.plain)
        if named and not self.audience and named.start() > 1:
            self.audience = self.words.text[named.start("who") : named.end("who")]
            self.words = self.words.part(0, named.start())

    def take_month_behind(self) -> None:
        """羽毛球赛——9月; 体检，拟于6月进行."""
        for pattern in (_DASH_TAIL, _CLAUSE_TAIL):
            tail = pattern.search(self.words.plain) if self.time is None else None
            when = find_time(tail.group("time").strip()) if tail and tail.start() >= 2 else None
            if tail and when and when.months:
                self.time, self.words = when, trim(self.words.part(0, tail.start()))

    def take_explanation(self) -> None:
        """红旗评选：由班组推荐与会员投票相结合 — the words behind a colon explain the name before it, as do those behind a lone dash."""
        found = _EXPLAINED.fullmatch(self.words.plain.rstrip(PUNCTUATION))
        if not found:
            return
        name, note = ("name", "note") if found.group("name") else ("before", "after")
        if not _GENERIC.search(found.group(name)) and find_time(found.group(name)) is None:
            self.notes.append(self.words.text[found.start(note) : found.end(note)].strip(PUNCTUATION))
            self.words = self.words.part(0, found.end(name))

    def activity(self) -> Dated | None:
        """None when nothing is left that could be done: a holiday, a dash."""
        title = self.words.text.strip(PUNCTUATION)
        if len(title) < 2 or _HOLIDAY_ONLY.match(title) or _CANCELLED.search(self.words.plain):
            return None
        own = [day for day in (self.time.day_from, self.time.day_to) if day] if self.time else []
        days = own or find_dates(self.words.plain)
        area, second = classify(title)
        first, last = (days[0], days[-1]) if days else (None, None)
        activity = ActivityDraft(
            title,
            self.words.line,
            area,
            second,
            day_from=first,
            day_to=last,
            owner=self.owner,
            audience=self.audience,
            budget_fen=self.budget_fen,
            note="；".join(self.notes),
            third=None if days else self.third or (self.time.third if self.time else None),
        )
        return Dated(activity, self.time)
