"""Claims: spending on its way, who may do what with it, and its papers."""

from unionboard.errors import Refusal


class NoSuchClaim(Refusal):
    sentence = "There is no claim number {id}. Look it up in the list of claims."


class ClaimMovedOn(Refusal):
    sentence = "This claim has moved on in the meantime. Look at it once more."


class NameUntold(Refusal):
    sentence = "Choose your own name first: a claim says who handled, approved and paid it."


class RolesNotSeparate(Refusal):
    sentence = (
        "{name} already has a part in this: whoever handles, approves and pays are three different people. "
        "Let somebody else take this step."
    )


class OneHandUnexplained(Refusal):
    sentence = "{name} already has a part in this. In so small a committee that may be: say in a few words why, and the books will show it."


class StandInUnexplained(OneHandUnexplained):
    sentence = "{name} approves in place of the chair, whose own claim it is. Say in a few words why, and the books will show it."


class AuditPaysNothing(Refusal):
    sentence = "{name} belongs to the audit committee, which reads everything and handles, approves and pays nothing. Choose somebody else."


class NotYoursToApprove(Refusal):
    sentence = "{name} cannot approve this: that is for {names}."


class NotYoursToPay(Refusal):
    sentence = "{name} cannot pay this: that is for {names}."


class ResolutionMissing(Refusal):
    sentence = "From {amount} yuan on the committee decides together. Name the meeting or the resolution."


class PaidMoreThanApproved(Refusal):
    sentence = "Only {amount} yuan were approved. Return the claim and let the larger sum be approved."


class GatheredAmountFixed(Refusal):
    sentence = "The sum is that of the visits and hand-outs gathered here, {amount} yuan. Take one out to change it."


class PapersMissing(Refusal):
    sentence = "{n} papers are still missing. Add them, or say why it is filed without them."


class PaperOwnerUnclear(Refusal):
    sentence = "A paper belongs to one claim, entry or hand-out. Name just one of them."


class CertificateNotCopied(Refusal):
    sentence = "Certificates and hospital papers are seen, not copied. Note below who saw it; “{name}” was not kept."


class NoSuchPaper(Refusal):
    sentence = "This paper is not on record any more. Load the page again."


class NoSuchClaimKind(Refusal):
    sentence = "There is no kind of claim “{code}”. Choose one from the list."


class ThresholdNegative(Refusal):
    sentence = "The sum from which the committee decides cannot be less than zero. Leave it empty when there is none."
