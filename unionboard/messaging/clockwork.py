"""The minute's round of the running program: it costs a query where nobody is to be told anything, and a few where somebody is."""

from dataclasses import dataclass, field
from datetime import date, datetime

from unionboard import db
from unionboard.log import record
from unionboard.messaging.rounds import Sent, list_unions_to_serve, local_now, send_due, send_open
from unionboard.services.message_channels import list_channels
from unionboard.services.message_policy import is_quiet, last_daily, read_policy


@dataclass(slots=True)
class Clockwork:
    """Remembers for which moment each union's messages were looked for: the year is read once a moment, not every minute."""

    _seen: dict[int, object] = field(default_factory=dict)

    def tick(self, *, today: date, now_utc: datetime) -> list[Sent]:
        """Send what is due to anybody now; what goes wrong with one union is written into the log and keeps no other waiting."""
        done: list[Sent] = []
        for union in list_unions_to_serve():
            try:
                done += self._serve(union, today=today, now_utc=now_utc)
            except Exception as error:  # a row that cannot be read
                record(error, where="messages")
        return done

    def _serve(self, union: int, *, today: date, now_utc: datetime) -> list[Sent]:
        local = local_now(today=today, now_utc=now_utc)
        with db.within(union):
            with db.reading() as session:
                policy = read_policy(session)
                if is_quiet(policy, local):
                    return []
                channels = tuple((row.id, row.version) for row in list_channels(session))
            seen = (last_daily(policy, local), policy.version, channels)
            if self._seen.get(union) == seen:
                return send_open(now_utc=now_utc)
            sent = send_due(today=today, now_utc=now_utc)
            self._seen[union] = seen
            return sent
