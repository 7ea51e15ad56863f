"""Which row of a sheet holds the headings, and what each column holds: ledgers, bank statements, accounting exports, yearly reports.

Headings may stand in any order and over two rows, below titles; columns for income and for spending may stand side by side, each with
its own items. What people said in a mapping comes before what is guessed.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from unionboard.reading.ledger_file import GridRow, GridSheet

HEAD_WITHIN = 60  # rows: a bank's statement has up to a dozen lines about the account above its headings


class Field(StrEnum):
    """What a column holds."""

    DATE = "date"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    VOUCHER = "voucher"
    REFERENCE = "reference"
    PURPOSE = "purpose"
    NOTE = "note"
    ITEM = "item"
    SIDE = "side"
    INCOME = "income"
    SPENDING = "spending"
    DEBIT = "debit"
    CREDIT = "credit"
    AMOUNT = "amount"
    BUDGET = "budget"
    BALANCE = "balance"
    PAYEE = "payee"
    PAYER = "payer"
    HANDLER = "handler"
    APPROVER = "approver"
    CASHIER = "cashier"
    PAPERS = "papers"
    SOURCE = "source"
    OTHER = "other"  # known, and not read


AMOUNTS = (Field.INCOME, Field.SPENDING, Field.DEBIT, Field.CREDIT, Field.AMOUNT, Field.BUDGET)
_WHAT_FOR = (Field.ITEM, Field.PURPOSE)
_SEVERAL = (Field.DATE, Field.VOUCHER, Field.PURPOSE, Field.ITEM, Field.NOTE)  # of these a block may have more than one column
_BEGINS_BLOCK = (Field.DATE, Field.MONTH, Field.ITEM, Field.PURPOSE)

_WHEN = "(?:交易|记账|入账|业务|发生|收支|支付|付款|报销|凭证|制单|登记|会计|收款|到账|发放|开票|结算|活动|支出|收入|报账)*"
_SUM = "(?:金额|发生额|额|数|数额|合计|总额|小计|发生数|累计数?|本币)?"
_WORDS: tuple[tuple[Field, str], ...] = (
    (Field.OTHER, r"序号|行次|行号|编号|栏次|no\.?|#|id|占比.*|.*比重|比例|.*比例|.*率|.*%|增减.*|差异.*|说明及.*|页码"),
    (Field.OTHER, r"(?:上年|去年|上期|上一年|前年|以前年度).*|.*(?:上年|去年)(?:数|决算|实际).*|调整.*|预算调整.*"),
    (
        Field.OTHER,
        r"(?:对方|收款人?|付款人?|交易对方|本方|我方)?(?:账号|帐号|卡号|账户|帐户|开户.*|行名|行号|银行.*)|币种|钞汇.*|可用余额|.*网点.*|.*柜员.*",
    ),
    (
        Field.OTHER,
        r"交易渠道|渠道|交易地点|交易机构|摘要代码|凭证类型|(?:受益|参加|参与)?人数|数量|单价|规格|部门|.*(?:编码|代码)|审核.*|复核.*|签字|汇率|状态",
    ),
    (
        Field.DATE,
        rf"{_WHEN}(?:日期|时间|年月日)|(?:交易|记账|入账|业务|发生|支付|付款|到账|凭证)日|(?:transaction|posting|booking|value)?date|bookedon",
    ),
    (Field.YEAR, r"\d{4}年?|年|年度|年份|会计年度|year"),
    (Field.MONTH, r"月|月份|期间|会计期间|会计月份|month"),
    (Field.DAY, r"日|day"),
    (Field.REFERENCE, r".*流水号?|.*参考号|订单号|业务编号|回单.*号|交易序号|reference.*"),
    (
        Field.VOUCHER,
        r"(?:记账|会计|原始|记帐|传票)?凭证(?:字号|编号|号码?|字|种类号数|册号)?|传票号?|票据号码?|票号|(?:单据|支票)(?:编)?号码?|voucher.*|字号|号数?|字",
    ),
    (Field.BALANCE, r".*余额|.*结余(?:金额)?|结存|.*结存(?:金额)?|balance|left"),
    (Field.BUDGET, r".*预算(?:数|金额|安排|额)?|预算|批复数|budget.*"),
    (Field.DEBIT, rf"借方{_SUM}|借|(?:本期|本月|累计)借方{_SUM}|debit.*|dr"),
    (Field.CREDIT, rf"贷方{_SUM}|贷|(?:本期|本月|累计)贷方{_SUM}|credit.*|cr"),
    (
        Field.INCOME,
        rf"(?:本期|本月|本次|本年|经费|工会|实际)*(?:收入|转入|存入|进账|到账|收款|入账|收方|收){_SUM}|贷方.*收入.*|.*(?:金额|发生额)[(/]?收入[)/]?|.*[(/]收入[)/]?|income|receipts?|moneyin|in",
    ),
    (
        Field.SPENDING,
        rf"(?:本期|本月|本次|本年|经费|工会|实际)*(?:支出|转出|支取|取出|付款|支付|付方|付|支|报销|开支|花费|实付|费用){_SUM}|借方.*支出.*|.*(?:金额|发生额)[(/]?支出[)/]?|.*[(/]支出[)/]?|spending|spent|expen.*|payments?|moneyout|out",
    ),
    (
        Field.ITEM,
        r".*科目(?:名称|全称)?|(?:收支|收入|支出|经费|费用|开支)(?:类别|项目|分类|类型|内容|事项|来源|名称|明细)|item|account(?:name)?|category|款项|大类|小类",
    ),
    (
        Field.SIDE,
        r"收支|收/?支|收支(?:标志|方向|性质|标识|类型|类别)|借/?贷(?:标志|方向|标识|别)?|方向|资金(?:流向|方向)|交易方向|收付(?:标志|方向|款)?|d/?c|dr/?cr|side|direction",
    ),
    (
        Field.PURPOSE,
        r".*摘要|.*用途|.*事由|.*内容|.*事项|.*附言|(?:活动|项目|名目|业务)名称|项目|名称|类别|类型|分类|用项|交易(?:说明|类型|名称)|description|purpose|memo|details?|what(?:for)?",
    ),
    (Field.PAYER, r"付款(?:人|方|单位)(?:名称|户名|姓名|全称)?"),
    (
        Field.PAYEE,
        r"对方(?:户名|名称|单位|单位名称|账户名称?|信息)?|交易对(?:手|方)(?:户名|名称|信息)?|收款(?:人|方|单位|对象|人/单位)(?:名称|姓名|户名|全称)?|往来(?:单位|户名|对象)(?:名称)?|领款人|供应商|商户(?:名称)?|收/?付款(?:人|方|单位)(?:名称|户名)?|payee|counterparty|paidto",
    ),
    (Field.HANDLER, r"(?:经手|经办|报销|申请|领取|报账)(?:人|人员|者)?(?:签字)?|handler|handledby"),
    (Field.APPROVER, r"(?:审批|批准|签批|审签)(?:人|领导|人员)?(?:签字)?|主席(?:签字)?|approver|approvedby"),
    (Field.CASHIER, r"出纳.*|cashier"),
    (Field.PAPERS, r"附件(?:张数|数|张|数量)?|附?单据(?:数|张数)|附单据|张数|papers?(?:attached)?"),
    (Field.SOURCE, r"(?:资金|经费)(?:来源|性质|渠道)|来源|source.*"),
    (Field.NOTE, r"备注.*|说明|note|remarks?"),
    (
        Field.AMOUNT,
        rf"(?:\d{{4}}年?(?:度)?|本年度?|本期|全年|年度|当年|累计|交易|发生|实际|小写|结算|决算|执行|完成)*(?:金额|发生额|数额|决算|实际|执行|完成|交易额|数|合计|总计|小计){_SUM}|amount.*|sum|yuan|booked",
    ),
)
_PATTERNS = tuple((kind, re.compile(words)) for kind, words in _WORDS)
_WEAK_ITEM = re.compile(
    r"项目|名称|类别|类型|分类|内容|项目名称|交易类型|收支项目|(?:收支|收入|支出|经费|费用|开支)(?:内容|事项|明细|名称)"
)  # hold items in one file, purposes in the next
_BRACKETS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_UNIT = re.compile(r"(?:单位|金额|人民币)?[:：]?\s*(?:人民币)?(千元|百元|万元|亿元|元|分)")
_UNIT_TOLD = re.compile(
    r"(?:计量|货币|金额)?单位[:：]?(?:人民币|RMB)?[（(]?(千元|万元|亿元|元)|[（(](?:人民币|单位[:：]?)?(千元|万元|亿元|元)[)）]|以(万元)为单位"
)
UNITS: dict[str, int | Fraction] = {"分": Fraction(1, 100), "元": 1, "百元": 100, "千元": 1000, "万元": 10_000, "亿元": 10**8}
_DIGITS = re.compile(r"\d")
_FULL_DAY = re.compile(r"(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[\sT].*)?")
_SIDE_WORDS = {
    **dict.fromkeys(
        (
            "收入",
            "收",
            "转入",
            "存入",
            "贷",
            "贷方",
            "c",
            "cr",
            "来账",
            "入账",
            "入",
            "in",
            "income",
            "receipt",
            "credit",
            "+",
            "收款",
            "进账",
        ),
        "in",
    ),
    **dict.fromkeys(
        (
            *("支出", "支", "转出", "支取", "借", "借方", "d", "dr", "往账", "出账", "出", "-", "付款", "付", "支付"),
            *("out", "spending", "expense", "expenditure", "payment", "debit"),
        ),
        "out",
    ),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read. ``unit_yuan``: 10,000 when its heading says 万元; None when it says nothing."""

    place: int
    field: Field
    heading: str
    unit_yuan: int | Fraction | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that tell one line: most tables have one block, those with income beside spending two. ``side``: what its headings say."""

    columns: tuple[Column, ...]
    side: str | None = None

    def all(self, kind: Field) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.field is kind)

    def first(self, kind: Field) -> Column | None:
        return next(iter(self.all(kind)), None)

    def has(self, *kinds: Field) -> bool:
        return any(column.field in kinds for column in self.columns)


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet's headings in rows ``first`` to ``last`` (indexes of ``sheet.rows``; -1 when there are none), and what the columns hold.

    ``headings``: all headings by place, for people to choose among; ``title``: what stands above; ``unit_yuan``: of the whole table.
    """

    sheet: GridSheet
    first: int
    last: int
    blocks: tuple[Block, ...]
    headings: tuple[str, ...]
    title: str = ""
    unit_yuan: int | Fraction = 1
    side: str | None = None
    item_columns: tuple[Column, ...] = field(default=())

    @property
    def rows(self) -> tuple[GridRow, ...]:
        """The rows below the headings."""
        return self.sheet.rows[self.last + 1 :]

    @property
    def signature(self) -> str:
        """The headings as they are compared with those of files read before."""
        return "|".join(fold_heading(heading) for heading in self.headings)


def fold_heading(text: str) -> str:
    """A heading as it is compared: no blanks or brackets, in lower case."""
    plain = unicodedata.normalize("NFKC", text)
    if re.search(r"[(（](?:收入|支出|借|贷)[)）]", plain):  # 金额(支出) says it in the brackets
        plain = re.sub(r"[()（）]", "", plain)
    return re.sub(r"[\s*:：_]+", "", _BRACKETS.sub("", plain)).casefold()


def read_side(text: str) -> str | None:
    """ "in" or "out" for 收入, 支, 借 …; 借 is what a bank says of money that goes out."""
    return _SIDE_WORDS.get(fold_heading(text) or text.strip())


def find_field(heading: str) -> Field | None:
    """What a heading says its column holds."""
    folded = fold_heading(heading)
    if not folded or len(folded) > 20:
        return None
    return next((kind for kind, words in _PATTERNS if words.fullmatch(folded)), None)


def find_unit(text: str) -> int | Fraction | None:
    """Yuan a number counts for, when a heading, title or note says 单位：万元."""
    told = _UNIT_TOLD.search(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    return UNITS[next(unit for unit in told.groups() if unit)] if told else None


def find_layout(
    sheet: GridSheet, *, said: Mapping[str, str] | None = None, is_item: Callable[[str], bool] = lambda _: False, wants_budget: bool = False
) -> Layout | None:
    """The headings of ``sheet`` and what they mean; None when it has none and is no list of words and amounts either.

    ``said``: field -> heading, from a mapping. ``is_item`` tells words that name a fund item. ``wants_budget``: of several amounts the
    budget's is meant.
    """
    best: tuple[int, int, int, list[tuple[Field, str]]] | None = None
    for first, row in enumerate(sheet.rows[:HEAD_WITHIN]):
        following = sheet.rows[first + 1] if first + 1 < len(sheet.rows) else None
        options = [(first, first, _read_heads(row, None, said))]
        if (
            following is not None
            and sum(bool(text) for text in row.texts) > 1
            and not any(_DIGITS.search(text) and find_field(text) is not Field.YEAR for text in following.texts)
        ):
            options.append((first, first + 1, _read_heads(row, following, said, is_item)))
        for start, end, heads in options:
            score = _score(heads, is_item)
            if score and (best is None or score > best[0] or (score == best[0] and best[1] != best[2] and start == end)):
                best = (score, start, end, heads)
    if best is None:
        return _bare_list(sheet, is_item)
    _, first, last, heads = best
    return _make_layout(sheet, first, last, heads, is_item=is_item, wants_budget=wants_budget, said=said)


def _read_heads(
    row: GridRow, below: GridRow | None, said: Mapping[str, str] | None, is_item: Callable[[str], bool] = lambda _: False
) -> list[tuple[Field, str]]:
    """A field and the heading's text for each place. ``below``: the second row of headings."""
    heads: list[tuple[Field, str]] = []
    wished: dict[str, Field] = {}
    for name, headings in (said or {}).items():
        for heading in headings if isinstance(headings, list | tuple) else [headings]:
            wished[fold_heading(str(heading))] = Field(name)
    above = ""
    for place in range(max(len(row.texts), len(below.texts) if below else 0)):
        top, bottom = row.text(place), below.text(place) if below else ""
        above = top or (above if bottom else "")
        found: tuple[Field, str] = (Field.OTHER, f"{above} {bottom}".strip() if below else top)
        if find_field(above) in (Field.INCOME, Field.SPENDING) and is_item(bottom) and find_field(bottom) is None:
            heads.append((Field.OTHER, bottom))  # a column for each item, below 收入 and 支出
            continue
        for text in (f"{above}{bottom}", bottom, top) if bottom else (top,):
            if (kind := wished.get(fold_heading(text)) or find_field(text)) is not None:
                found = (kind, found[1])
                break
        else:
            found = (Field.OTHER, found[1]) if found[1] else (Field.OTHER, "")
        heads.append(found)
    return heads


def _score(heads: Sequence[tuple[Field, str]], is_item: Callable[[str], bool]) -> int:
    """How many things these headings name; 0 when they are no headings of a table with money."""
    kinds = {kind for kind, _ in heads} - {Field.OTHER}
    named = sum(kind is Field.OTHER and bool(heading) and is_item(heading) for kind, heading in heads)  # a column for each item
    if not (kinds & set(AMOUNTS) or named > 1) or not kinds & {*_WHAT_FOR, Field.DATE, Field.PAYEE, Field.MONTH}:
        return 0
    return (len(kinds) + (named if named > 1 else 0)) * 10 + sum(kind is not Field.OTHER for kind, _ in heads)


def _make_layout(
    sheet: GridSheet,
    first: int,
    last: int,
    heads: Sequence[tuple[Field, str]],
    *,
    is_item: Callable[[str], bool],
    wants_budget: bool,
    said: Mapping[str, str] | None,
) -> Layout:
    rows = sheet.rows[last + 1 :]
    columns: list[Column] = []
    has_days = any(kind in (Field.DATE, Field.MONTH, Field.DAY) for kind, _ in heads)
    for place, (kind, heading) in enumerate(heads):
        texts = [row.text(place) for row in rows if row.text(place)]
        chosen = kind if said and any(kind == name for name in said) else _by_values(kind, heading, texts, heads, is_item)
        if chosen is Field.OTHER and not has_days and heading and texts and all(map(_FULL_DAY.fullmatch, texts)):
            chosen, has_days = Field.DATE, True
        if chosen is not Field.OTHER:
            columns.append(Column(place, chosen, heading, find_unit(heading) or _heading_unit(heading)))
    columns = _choose_amount(columns, wants_budget=wants_budget)
    item_columns: tuple[Column, ...] = ()
    if not any(column.field is Field.ITEM for column in columns):
        item_columns = tuple(
            Column(place, Field.OTHER, heading, find_unit(heading))
            for place, (kind, heading) in enumerate(heads)
            if kind is Field.OTHER and heading and is_item(heading)
        )
    if len(item_columns) > 1 and not any(column.field in (Field.INCOME, Field.SPENDING) for column in columns):
        columns = [column for column in columns if column.field not in AMOUNTS]  # the sum of the items' columns
    outside = [text for row in (*sheet.rows[: last + 1], *rows[-12:]) for text in row.texts if text]
    title = " ".join(text for row in sheet.rows[:first] for text in row.texts if text)
    return Layout(
        sheet,
        first,
        last,
        _split_blocks(columns, sheet.rows[first - 1] if first else None),
        tuple(heading for _, heading in heads),
        title,
        next((unit for text in outside if (unit := find_unit(text))), 1),
        _side_of_title(f"{sheet.name} {title}"),
        item_columns if len(item_columns) > 1 else (),
    )


def _by_values(
    kind: Field, heading: str, texts: Sequence[str], heads: Sequence[tuple[Field, str]], is_item: Callable[[str], bool]
) -> Field:
    """What a column holds when its cells say otherwise than its heading."""
    if not texts:
        return kind
    if kind in (Field.SIDE, Field.ITEM, Field.PURPOSE):
        sides = sum(read_side(text) is not None for text in texts)
        if sides * 10 >= len(texts) * 9:
            return Field.SIDE if not any(other is Field.BALANCE and _is_right_of(heads, heading) for other, _ in heads) else kind
        if kind is Field.SIDE:
            if sides * 2 >= len(texts) and fold_heading(heading) != "方向":
                return Field.SIDE  # what says neither is refused by its cell
            return Field.ITEM if sum(map(is_item, texts)) * 2 >= len(texts) else Field.OTHER
    if _WEAK_ITEM.fullmatch(fold_heading(heading)) and kind in (Field.PURPOSE, Field.ITEM):
        known = sum(map(is_item, texts))
        if any(other is Field.ITEM and words != heading for other, words in heads):
            return Field.PURPOSE
        if fold_heading(heading).endswith(("内容", "事项", "明细")) and known < len(texts):
            return Field.PURPOSE
        return Field.ITEM if known * 2 >= len(texts) else Field.PURPOSE
    return kind


def _is_right_of(heads: Sequence[tuple[Field, str]], heading: str) -> bool:
    """Whether a column 方向 belongs to the balance: it does where debit and credit have columns of their own."""
    return fold_heading(heading) == "方向" and any(kind in (Field.DEBIT, Field.CREDIT) for kind, _ in heads)


def _choose_amount(columns: list[Column], *, wants_budget: bool) -> list[Column]:
    """One amount where a report has several: the accounts', or the budget's when that is wanted."""
    has_sides = any(column.field in (Field.INCOME, Field.SPENDING, Field.DEBIT, Field.CREDIT) for column in columns)
    kept: list[Column] = []
    has_amount = any(column.field is Field.AMOUNT for column in columns)
    for column in columns:
        if column.field is Field.BUDGET:
            if wants_budget or not (has_amount or has_sides):
                kept.append(Column(column.place, Field.AMOUNT, column.heading, column.unit_yuan))
        elif column.field is Field.AMOUNT and wants_budget and any(other.field is Field.BUDGET for other in columns):
            continue
        elif column.field is Field.AMOUNT and has_sides:
            continue  # the sum of both sides
        else:
            kept.append(column)
    return kept


def _split_blocks(columns: Sequence[Column], above: GridRow | None) -> tuple[Block, ...]:
    groups: list[list[Column]] = [[]]
    for column in columns:
        current = groups[-1]
        repeats = any(other.field is column.field for other in current)
        if column.field in _BEGINS_BLOCK and repeats and any(other.field in AMOUNTS for other in current):
            groups.append([column])
        elif not repeats or column.field in _SEVERAL:
            current.append(column)
    whole: list[list[Column]] = []
    for group in groups:
        kinds = {column.field for column in group}
        if whole and not (kinds & set(AMOUNTS) and kinds & set(_WHAT_FOR)):
            taken = {column.field for column in whole[-1]} - set(_SEVERAL)
            whole[-1].extend(column for column in group if column.field not in taken)
        else:
            whole.append(group)
    return tuple(Block(tuple(group), _side_of_block(group, above) if len(whole) > 1 else None) for group in whole)


def _side_of_block(columns: Sequence[Column], above: GridRow | None) -> str | None:
    """What the headings say of income or spending, or the words above them."""
    over = [above.text(place) for place in range(columns[0].place, columns[-1].place + 1)] if above else []
    words = " ".join((*(column.heading for column in columns), *over))
    sides = {side for word, side in (("收入", "in"), ("支出", "out")) if word in words}
    kinds = {column.field for column in columns}
    sides |= {side for kind, side in ((Field.INCOME, "in"), (Field.SPENDING, "out")) if kind in kinds}
    return sides.pop() if len(sides) == 1 else None


def _side_of_title(title: str) -> str | None:
    plain = re.sub(r"\s+", "", title)
    income, spending = "收入" in plain, "支出" in plain or "开支" in plain
    return None if income == spending or "收支" in plain else "in" if income else "out"


def _heading_unit(heading: str) -> int | Fraction | None:
    if heading.casefold().endswith("_fen"):
        return UNITS["分"]
    bracket = _BRACKETS.search(heading)
    told = _UNIT.fullmatch(bracket.group()[1:-1].strip()) if bracket else None
    return UNITS[told[1]] if told else None


def _bare_list(sheet: GridSheet, is_item: Callable[[str], bool]) -> Layout | None:
    """A list without headings: words that name items, each with an amount beside it."""
    pairs: dict[tuple[int, int], int] = {}
    for row in sheet.rows:
        words = [place for place, text in enumerate(row.texts) if text and is_item(text)]
        numbers = [
            place
            for place, text in enumerate(row.texts)
            if re.search(r"\d", text) and re.fullmatch(r"[-(（¥￥]?[\d,，.\s]+[\d)）元万]*", text)
        ]
        if len(words) == 1 and numbers and numbers[0] > words[0]:
            pairs[words[0], numbers[0]] = pairs.get((words[0], numbers[0]), 0) + 1
    if not pairs:
        return None
    (word, number), count = max(pairs.items(), key=lambda pair: pair[1])
    if count < 2:
        return None
    texts = [text for row in sheet.rows for text in row.texts if text]
    title = " ".join(text for row in sheet.rows[:3] for text in row.texts if text and not is_item(text))
    columns = (Column(word, Field.ITEM, ""), Column(number, Field.AMOUNT, ""))
    unit = next((unit for text in texts if (unit := find_unit(text))), 1)
    return Layout(sheet, -1, -1, (Block(columns),), (), title, unit, _side_of_title(f"{sheet.name} {title}"))
