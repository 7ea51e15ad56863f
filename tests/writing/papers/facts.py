"""Facts of each paper, as the services give them."""

from datetime import date

from unionboard.models import DatePrecision, TemplateKind
from unionboard.reference import fund_items
from unionboard.services.papers.disclosure import DisclosureFacts, ItemLine, Period
from unionboard.services.papers.honours import Honour, HonourFacts
from unionboard.services.papers.notice import DoneLine, NoticeFacts, PlannedLine
from unionboard.services.papers.sign_in import Signer, SignInFacts
from unionboard.services.papers.visit import VisitFacts
from unionboard.services.periods import Placement
from unionboard.writing.fund_words import FundWords
from unionboard.writing.papers.certificates import tell_honours
from unionboard.writing.papers.disclosure import tell_disclosure
from unionboard.writing.papers.filling import Filled
from unionboard.writing.papers.handout import tell_handout
from unionboard.writing.papers.notice import tell_notice
from unionboard.writing.papers.sign_in import tell_sign_in
from unionboard.writing.papers.visit import tell_visit
from unionboard.writing.signoff import Receiver, SignOffList

UNION, AS_OF = "青松小学工会", date(2026, 4, 28)
NOTICE = NoticeFacts(
    UNION,
    date(2026, 5, 1),
    planned=(
        PlannedLine("趣味运动会", Placement(date(2026, 5, 1), date(2026, 5, 31), DatePrecision.MONTH), "沈一鸣"),
        PlannedLine("读书分享会", Placement(date(2026, 5, 16), date(2026, 5, 16), DatePrecision.DAY)),
        PlannedLine("教工乒乓球赛", Placement(date(2026, 5, 18), date(2026, 5, 22), DatePrecision.DAY)),
        PlannedLine("提案征集", Placement(date(2026, 4, 1), date(2026, 6, 30), DatePrecision.MONTH)),
        PlannedLine("健步走", Placement(date(2026, 5, 30), date(2026, 6, 2), DatePrecision.DAY)),
    ),
    duties=("有事随时走访",),
    done=(
        DoneLine("春季健步走", date(2026, 4, 18), date(2026, 4, 18), 46),
        DoneLine("卫生检查", date(2026, 4, 20), date(2026, 4, 21)),
    ),
    as_of=AS_OF,
)
SIGN_IN = SignInFacts(UNION, AS_OF, title="趣味运动会", day=date(2026, 5, 16), expected=2, signers=(Signer("何敏", "语文组"), Signer()))
VISIT = VisitFacts(
    UNION,
    AS_OF,
    visit_id=24,
    name="林小云",
    zh="住院探望",
    en="Hospital visit",
    visited_on=date(2026, 4, 3),
    people=1,
    amount_fen=500_00,
    goods="水果",
    visitors="何敏",
)
DISCLOSURE = DisclosureFacts(
    UNION,
    2026,
    Period.Q1,
    first=date(2026, 1, 1),
    last=date(2026, 3, 31),
    as_of=AS_OF,
    opening_fen=1_000_00,
    income=(ItemLine(fund_items()["dues"], 1_200_00, 300_00, 300_00),),
    spending=(
        ItemLine(fund_items()["culture_sports"], 2_000_00, 450_50, 450_50),
        ItemLine(fund_items()["meetings"], 100_00, 0, 0),
    ),
    dues_fen=300_00,
    members=58,
    visits=4,
    visited=5,
)
HONOURS = HonourFacts(
    UNION,
    2026,
    AS_OF,
    (Honour(UNION, "合唱二等奖", "district", "五月歌会", date(2026, 4, 3)), Honour("何敏", "优秀工会会员", won_on=AS_OF)),
)
HANDOUT = SignOffList(
    union=UNION,
    title="中秋慰问品：签领表",
    told="",
    sheet="签领表",
    headings=("",) * 8,
    receivers=(Receiver("何敏", "语文组"), Receiver()),
    goods="月饼",
    unit_fen=100_50,
    total="合计",
    foot=("", ""),
    language="zh_CN",
    as_of=date(2026, 9, 23),
)


def tell(kind: TemplateKind, language: str = "zh_CN") -> Filled:
    """What a paper says of these facts."""
    words = FundWords(language)
    match kind:
        case TemplateKind.NOTICE:
            return tell_notice(NOTICE, words, contact="沈一鸣")
        case TemplateKind.SIGN_IN:
            return tell_sign_in(SIGN_IN, words, place="操场")
        case TemplateKind.VISIT:
            return tell_visit(VISIT, words)
        case TemplateKind.DISCLOSURE:
            return tell_disclosure(DISCLOSURE, words, posted=(date(2026, 4, 28), date(2026, 5, 4)), phone="62781234")
        case TemplateKind.CERTIFICATE:
            return tell_honours(HONOURS, words)
        case _:
            return tell_handout(HANDOUT)
