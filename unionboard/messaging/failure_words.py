"""Why a message did not arrive, in a sentence that says what to do."""

from collections.abc import Mapping

from unionboard.i18n import mark, translate
from unionboard.services.sent_messages import Failure

SENTENCES: Mapping[Failure, str] = {
    Failure.KEYWORD: mark("The robot wants a keyword. Give it “工会” (Union) in its security settings: every message begins with it."),
    Failure.SIGNATURE: mark(
        "The robot refuses the signature. Copy its signing secret once more; this computer's clock must be right, too."
    ),
    Failure.ADDRESS_RANGE: mark("The robot takes messages from certain IP addresses only. Add this server's, or choose a keyword instead."),
    Failure.NO_ROBOT: mark("There is no such robot any more. Add a new one to the group and paste its address here."),
    Failure.TOO_MANY: mark("The group got too many messages at once. It is tried again by itself."),
    Failure.REFUSED: mark("The other side refused the message (number {number})."),
    Failure.SERVER: mark("The other side has a fault of its own (number {number}). It is tried again by itself."),
    Failure.SILENT: mark("No answer came in time. It is tried again by itself."),
    Failure.NO_CONNECTION: mark("The other side cannot be reached from this computer. Does it have access to the internet?"),
    Failure.CERTIFICATE: mark("The other side's certificate is not valid, so nothing was sent."),
    Failure.LOGIN: mark("The mail server does not accept the account and its password. Many ask for an authorisation code instead."),
    Failure.RECIPIENT: mark("The mail server does not accept the sender or one of the recipients."),
    Failure.ADDRESS: mark("The address cannot be used any more. Paste it once more."),
}


def tell_failure(language: str, failure: Failure, number: str = "") -> str:
    """The sentence; ``number`` is the other side's, a dash where it gave none."""
    return translate(language, SENTENCES[failure], number=number or "—")
