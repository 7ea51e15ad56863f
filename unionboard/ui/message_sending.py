"""A message that somebody sends by pressing a button: now, or when the quiet hours are over; and what became of it."""

from unionboard import clock, db
from unionboard.messaging.failure_words import tell_failure
from unionboard.messaging.rounds import local_now, send_open
from unionboard.services.message_policy import is_quiet, quiet_end, read_policy
from unionboard.ui.actions import refuse, report
from unionboard.ui.text import escape, language, t, tn


def send_waiting() -> None:
    """For callbacks: send what was put down and say what became of it."""
    now_utc = clock.now_utc()
    local = local_now(today=clock.today(), now_utc=now_utc)
    with db.reading() as session:
        policy = read_policy(session)
    if is_quiet(policy, local):
        report(t("Quiet hours: it goes out at {moment}.", moment=f"{quiet_end(policy, local):%H:%M}"))
        return
    sent = send_open(now_utc=now_utc)
    failed = [one for one in sent if one.outcome.failure is not None]
    for one in failed[:1]:
        why = tell_failure(language(), one.outcome.failure, one.outcome.number) if one.outcome.failure else ""
        refuse(t("It did not arrive in “{name}”. {why}", name=escape(one.channel), why=escape(why)))
    if len(sent) > len(failed):
        report(tn("Sent to {n} group.", "Sent to {n} groups.", len(sent) - len(failed)))
