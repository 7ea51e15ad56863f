"""Every refusal says how to go on: in both languages, and a new one that does not fails here."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

from unionboard import errors
from unionboard.errors import Refusal
from unionboard.i18n import load_sentences

for _module in pkgutil.iter_modules(errors.__path__):
    importlib.import_module(f"{errors.__name__}.{_module.name}")

VERBS = (
    "add|ask|book|bring|change|check|choose|close|connect|copy|correct|count|decide|end|enter|fill|free|give|go|hide|hold|install|keep|leave|let|load|"
    "look|make|name|note|open|paste|plug|propose|put|read|record|return|run|save|say|send|shorten|sign|split|start|stop|take|tell|try|type|undo|"
    "unlock|use|wait|withdraw|write"
)
WAY_ON = re.compile(rf"(?:^|[.;:,] |\bor |\band )(?:then )?(?:{VERBS})\b", re.IGNORECASE)
"""A clause that tells somebody to do something."""
TOLD_OTHERWISE = {
    "IllnessNamed": "what to write instead",
    "NotForServer": "who restores them, and with what",
    "NotInstalled": "the command that installs it",
    "DidNotStart": "where it says why",
    "UpgradeFailed": "where it says why; the old version goes on",
    "NotYours": "for whom it is",
    "NotYoursToApprove": "for whom it is",
    "NotYoursToPay": "for whom it is",
    "BucketMissing": "who corrects what",
    "StoreKeysRefused": "who corrects what",
    "StoreUnequipped": "the command that installs it",
    "PeriodNotOver": "from which day on",
    "TemplateBroken": "what each “for” and “if” needs",
    "TemplateTagRefused": "what is allowed",
    "TemplateTagUnclosed": "how a place is written",
    "MappingNotReadable": "the reason, which names what is wrong",
    "NoTableFound": "what a table needs",
    "KeyFits": "there is nothing to do",
    "AddressUnknown": "who enters it, and where",
    "RemarkNotForDecision": "what is done with other remarks",
    "FileErased": "what brings it back",
    "KeptByFirst": "for whom it is",
    "ChannelAddressNotUnderstood": "what it looks like, and where that stands",
    "MessageGone": "there is nothing to do",
    "MessagesFailed": "the reason, which names what is wrong",
    "NoChannelWanted": "who adds one, and where",
    "NotForTokens": "for the maker of a program: nothing leads there",
    "NotUnderstood": "for the maker of a program: where it says what",
    "NothingThere": "for the maker of a program: where it says what there is",
    "OnlyRead": "for the maker of a program: nothing leads there",
    "TokenUnknown": "for the maker of a program: the one refusal before says where tokens are made",
}
"""Read one by one: sentences that tell the way on without telling anybody to do it."""


def find_refusals(base: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for found in base.__subclasses__():
        yield found
        yield from find_refusals(found)


REFUSALS = sorted({one for one in find_refusals() if one.sentence != Refusal.sentence}, key=lambda one: one.__name__)
"""All but those that only stand for others and are never raised themselves."""


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: one.__name__)
def test_refusal_says_how_to_go_on(refusal: type[Refusal]) -> None:
    assert refusal.__name__ in TOLD_OTHERWISE or WAY_ON.search(refusal.sentence), refusal.sentence


def test_no_sentence_is_excused_that_needs_no_excuse() -> None:
    known = {one.__name__: one for one in REFUSALS}

    assert [name for name in TOLD_OTHERWISE if name not in known or WAY_ON.search(known[name].sentence)] == []


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: one.__name__)
def test_chinese_sentence_says_as_much_as_the_english_one(refusal: type[Refusal]) -> None:
    """The same facts stand in it, and where the English has a second clause the Chinese has one, too."""
    chinese = load_sentences("zh_CN")[refusal.sentence]

    assert set(re.findall(r"{\w+}", chinese)) == set(re.findall(r"{\w+}", refusal.sentence))
    if re.search(r"[.;:] \S", refusal.sentence):
        assert re.search(r"[，。；：]\S", chinese), chinese


def test_whoever_has_no_sentence_of_its_own_only_stands_for_others() -> None:
    without = [one for one in find_refusals() if one.sentence == Refusal.sentence]

    assert [one.__name__ for one in without if not one.__subclasses__()] == []
