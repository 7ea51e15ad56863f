"""Words: an English sentence is the msgid; each language is one .po file, read at start without a compile step.

Looked up per call with an explicit language, never through a module global: sessions are threads and each has its own language.
"""

from functools import cache
from importlib import resources

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from unionboard.config import DEFAULT_LANGUAGE, LANGUAGES
from unionboard.errors import Refusal


@cache
def load_catalogue(language: str) -> Catalog:
    """The catalogue of ``language`` (one of config.LANGUAGES)."""
    path = resources.files("unionboard").joinpath("locale", language, "LC_MESSAGES", "unionboard.po")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def mark(msgid: str) -> str:
    """``msgid`` itself: says that this sentence is translated later, so that ``make messages`` finds it."""
    return msgid


def choose_language(*wishes: str | None) -> str:
    """The first wish that names a language we have (``zh``, ``zh-CN``, ``en_US`` …), else the default."""
    for wish in wishes:
        stem = (wish or "").replace("-", "_").split("_")[0].lower()
        for language in LANGUAGES:
            if stem and language.split("_")[0] == stem:
                return language
    return DEFAULT_LANGUAGE


def translate(language: str, msgid: str, /, **facts: object) -> str:
    """``msgid`` in ``language`` with its ``{slots}`` filled; a sentence the catalogue lacks stays English."""
    message = load_catalogue(language).get(msgid)
    found = message.string if message is not None else ""
    sentence = found if isinstance(found, str) and found else msgid
    return sentence.format(**facts) if facts else sentence


def translate_count(language: str, singular: str, plural: str, n: int, /, **facts: object) -> str:
    """Like ``translate`` for a counted thing; ``{n}`` is filled too. Chinese has one form, kept under ``singular``."""
    if language == "en":
        return translate(language, singular if n == 1 else plural, n=n, **facts)
    return translate(language, singular, n=n, **facts)


def tell_refusal(language: str, refusal: Refusal) -> str:
    """The one sentence the user reads."""
    return translate(language, refusal.sentence, **refusal.facts)
