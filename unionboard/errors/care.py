"""Care visits, hand-outs, and what is never kept about people."""

from unionboard.errors import Refusal


class PrivateNumberTyped(Refusal):
    """The number itself is not repeated."""

    sentence = "This looks like the number of an identity card, a bank card or a phone. Such numbers are not kept here; leave it out."


class IllnessNamed(Refusal):
    sentence = "“{word}” tells what somebody suffers from, and that is not kept here. “Hospital” is enough."


class NameRepeated(Refusal):
    """The name itself is not repeated."""

    sentence = "The name of whoever was visited belongs into its own field only: other texts are shown and exported. Leave it out here."


class VisitedNamed(Refusal):
    """The name itself is not repeated."""

    sentence = "This says who was visited, and everybody reads it. Say how many instead, or record the visit under “Care”."


class NamesNotYours(Refusal):
    sentence = "Names of those who were visited are for the chair and the treasurer only. Choose above who you are."


class NoSuchHandout(Refusal):
    sentence = "This hand-out has already been taken back, or never was. Load the page again."


class NoSuchOccasion(Refusal):
    sentence = "There is no occasion “{code}” for a care visit. Choose one from the list."


class OccasionNameMissing(Refusal):
    sentence = "Give the occasion a name."


class OccasionNameTaken(Refusal):
    sentence = "There is already an occasion “{name}”. Use that one, or choose another name."


class LastOccasion(Refusal):
    sentence = (
        "“{name}” stays: visits that fit nowhere else, and those too few to be named, are counted there. Hide another one, or rename it."
    )


class VisitInBooks(Refusal):
    sentence = "This visit is in the books or in a claim: its day, persons, sum, item and source stay. Take the visit back instead."


class VisitPaidWithOthers(Refusal):
    sentence = "This visit was paid together with others (voucher {voucher}). Correct that entry first; then all of them are open again."


class VisitInClaim(Refusal):
    sentence = "This visit is part of a claim. Withdraw the claim first; then the visit is open again."


class NothingToPost(Refusal):
    sentence = "No visit with a sum is waiting to be booked. Record the visit with its sum first."


class HandoutInBooks(Refusal):
    sentence = "This hand-out is in the books or in a claim: its day, heads, value, item and source stay. Correct the entry first."


class HandoutTitleMissing(Refusal):
    sentence = "Say what is handed out and on which occasion."


class MoreSignedThanHeads(Refusal):
    sentence = "More people signed ({signed}) than the hand-out was for ({heads}). Check the two numbers."
