"""Numbers and words about people that are never kept: identity cards, bank cards, phones; in care visits also illnesses.

Source: domain notes D2.
"""

import re
import unicodedata
from functools import cache

from unionboard.errors.care import IllnessNamed, PrivateNumberTyped, VisitedNamed
from unionboard.errors.texts import TextTooLong
from unionboard.models.typed_text import FREE_TEXT_LIMIT
from unionboard.reference import surnames
from unionboard.reference.occasions import illness_words

_GAP = r"[ \-]?"  # people part long numbers by a blank or a stroke
_PRIVATE_NUMBERS = re.compile(
    "|".join(
        (
            rf"(?<!\d)\d{{6}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{3}}[\dXx](?!\d)",  # identity card: 18, the last may be X
            rf"(?<!\d)\d{{4}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?(?!\d)",  # bank card: 16-19, printed in fours
            rf"(?<!\d)(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)",  # mobile phone: 11, with or without the country's code
        )
    )
)


_NOBODY = frozenset({"全体", "常年", "高一", "高二", "高三", "高龄", "单亲"})
"""They begin like a name and are none."""


def check_text(*texts: str) -> None:
    """Refuse free text that holds the number of an identity card (18), a bank card (16 to 19) or a mobile phone (11), also full-width.

    Longer numbers (an e-invoice has 20) and dates pass. Raises: PrivateNumberTyped; TextTooLong, before ten megabytes are looked through.
    """
    longest = max(map(len, texts), default=0)
    if longest > FREE_TEXT_LIMIT:
        raise TextTooLong(limit=FREE_TEXT_LIMIT, length=longest)
    if any(_PRIVATE_NUMBERS.search(_plain(text)) for text in texts):
        raise PrivateNumberTyped


def check_care_text(*texts: str) -> None:
    """The same for texts about a visit, which may name no illness, operation or family trouble either. Raises: also IllnessNamed."""
    check_text(*texts)
    for text in texts:
        plain = _plain(text).casefold()
        for word in illness_words():
            if word in plain:
                raise IllnessNamed(word=word)


def check_purpose(text: str) -> None:
    """What money is for, read by everybody, holds no private number and does not say who was visited: 慰问李建国老师住院. Raises:
    PrivateNumberTyped, VisitedNamed.
    """
    check_text(text)
    if any(found not in _NOBODY and "某" not in found for found in _visited().findall(_plain(text))):
        raise VisitedNamed


@cache
def _visited() -> re.Pattern[str]:
    """A surname and one or two characters between the visit and what somebody lives through."""
    families = "|".join(sorted(map(re.escape, surnames()), key=len, reverse=True))
    title = "(?:老师|同志|医生|护士|师傅|主任)?"
    fate = "(?:因病|住院|生病|看病|手术|生育|产|结婚|病|父亲|母亲|家属|直系|亲属|丧|去世)"
    return re.compile(rf"(?:慰问|看望|探望|探视|吊唁)((?:{families})[\u4e00-\u9fff]{{1,2}}?)(?={title}{fate})")


def cover_numbers(text: str) -> str:
    """``text`` with every private number replaced by stars, for what comes out of files; one without any comes back as it is."""
    if not _PRIVATE_NUMBERS.search(_plain(text)):
        return text
    return _PRIVATE_NUMBERS.sub("***", _plain(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
