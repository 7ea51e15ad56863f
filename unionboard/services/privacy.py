"""Numbers and words about people that are never kept: identity cards, bank cards, phones; in care visits also illnesses.

Source: domain notes D2.
"""

import re
import unicodedata

from unionboard.errors.care import IllnessNamed, PrivateNumberTyped
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


def check_text(*texts: str) -> None:
    """Refuse free text that holds the number of an identity card (18), a bank card (16 to 19) or a mobile phone (11), also full-width.

    Longer numbers (an e-invoice has 20) and dates pass. Raises: PrivateNumberTyped.
    """
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


def cover_numbers(text: str) -> str:
    """``text`` with every private number replaced by stars, for what comes out of files; one without any comes back as it is."""
    if not _PRIVATE_NUMBERS.search(_plain(text)):
        return text
    return _PRIVATE_NUMBERS.sub("***", _plain(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
