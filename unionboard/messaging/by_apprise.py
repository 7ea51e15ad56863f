"""E-mail, and every service the library apprise reaches: one message to one address.

The library is loaded when it is needed (half a second). It keeps nothing on disk, reads no settings of its own, follows no redirect and
puts no picture from elsewhere into a message; what it would log names addresses, so it logs nowhere and only the kind of fault is kept.
"""

import logging
import re
from typing import Any

from unionboard.errors.messages import ChannelAddressNotUnderstood
from unionboard.messaging.robots import Outcome
from unionboard.messaging.wording import Message
from unionboard.services.sent_messages import Failure

LIMIT_S = 30
_SAID = (
    (r"\b(530|534|535)\b|authentication", Failure.LOGIN),
    (r"\b(550|551|552|553|554)\b|refused: |recipients? refused", Failure.RECIPIENT),
    (r"certificate", Failure.CERTIFICATE),
    (r"timed? ?out", Failure.SILENT),
    (r"connection (refused|error|error occured|error occurred)|name or service|getaddrinfo|unreachable|errno", Failure.NO_CONNECTION),
)
_STATUS = re.compile(r"error=(\d{3})\b")


def require_understood(address: str) -> None:
    """Whether apprise knows what to do with ``address``. Raises: ChannelAddressNotUnderstood."""
    if _load(address) is None:
        raise ChannelAddressNotUnderstood


def send(address: str, message: Message) -> Outcome:
    """Send ``message``. Takes up to ``LIMIT_S`` seconds; what goes wrong is the outcome, never raised."""
    reached = _load(address)
    if reached is None:
        return Outcome(Failure.ADDRESS)
    lines = [*message.lines, *([f"{message.link_words} {message.link}"] if message.link else [])]
    try:
        result = reached.notify(body="\n".join(lines), title=message.title, body_format="text", log_level=logging.DEBUG)
    except TypeError:  # how the library says that there is nothing to send to
        return Outcome(Failure.ADDRESS)
    return Outcome() if result else _explain(result)


def _load(address: str) -> Any:
    """The library with this one address; None where it does not understand it, where it is several, and where it names a file."""
    import apprise  # noqa: PLC0415 -- slow import

    logger = logging.getLogger("apprise")
    logger.propagate = False
    logger.setLevel(logging.DEBUG)  # the reason of a failure is told there only; ``notify`` collects it
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    asset = apprise.AppriseAsset(
        app_id="Unionboard",
        app_desc="Unionboard",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        storage_mode="memory",
        async_mode=False,
        secure_logging=True,
        http_redirects=False,
        pgp_autogen=False,
        pem_autogen=False,
        service_timeout=LIMIT_S,
        timezone="Asia/Shanghai",
        language="en",
    )
    reached = apprise.Apprise(asset=asset)
    if not reached.add(address) or len(reached) != 1 or _reads_file(reached[0]):
        return None
    reached[0].redirects = False  # an address may ask for them
    return reached


def _reads_file(service: Any) -> bool:
    """Whether a message would carry a file of this computer, or a page it fetches, to wherever the address leads: ``?template=/etc/…``."""
    import apprise  # noqa: PLC0415 -- slow import

    return any(isinstance(value, apprise.AppriseAttachment) and len(value) > 0 for value in vars(service).values())


def _explain(result: Any) -> Outcome:
    if result.status.name == "TIMEOUT":
        return Outcome(Failure.SILENT)
    said = "\n".join(entry.message for one in result.results for entry in one.logs())
    if status := _STATUS.search(said):
        return Outcome(Failure.SERVER if status[1].startswith("5") else Failure.REFUSED, status[1])
    faults = "\n".join(line for line in said.splitlines() if re.search("exception|refused|error|fail", line, re.IGNORECASE))
    return Outcome(next((failure for pattern, failure in _SAID if re.search(pattern, faults, re.IGNORECASE)), Failure.REFUSED))
