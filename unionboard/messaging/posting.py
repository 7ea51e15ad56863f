"""One request to a robot, and nothing else: no redirect is followed, no password of the computer's user sent along, no more than a few
kilobytes are read. The library is loaded when the first message goes out."""

import time

from unionboard.messaging.robots import Outcome, ask, read_answer
from unionboard.messaging.wording import Message
from unionboard.models import ChannelKind
from unionboard.services.sent_messages import Failure

CONNECT_S, ANSWER_S = 5, 10
_MOST_BYTES = 8192


def post(kind: ChannelKind, address: str, message: Message) -> Outcome:
    """Send ``message`` to a group's robot. Takes up to ``CONNECT_S + ANSWER_S`` seconds; what goes wrong is the outcome, never raised."""
    import requests  # noqa: PLC0415 -- slow import

    question = ask(kind, address, message, now_s=time.time())
    try:
        with requests.Session() as session:
            session.auth = lambda request: request  # else ~/.netrc would be looked through
            answer = session.post(
                question.url,
                data=question.body,
                headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "Unionboard"},
                timeout=(CONNECT_S, ANSWER_S),
                allow_redirects=False,
                stream=True,
            )
            with answer:
                body = next(answer.iter_content(_MOST_BYTES), b"")
                return read_answer(kind, answer.status_code, body)
    except requests.exceptions.SSLError:
        return Outcome(Failure.CERTIFICATE)
    except requests.Timeout:
        return Outcome(Failure.SILENT)
    except requests.ConnectionError:
        return Outcome(Failure.NO_CONNECTION)
    except (requests.RequestException, ValueError):  # an address that is none
        return Outcome(Failure.ADDRESS)
