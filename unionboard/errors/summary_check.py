"""What the checker of a summary stops, and decisions about it."""

from unionboard.errors import Refusal


class PrivacyUndecided(Refusal):
    sentence = "{n} places may tell of somebody’s illness, hardship or family. Change them or decide to let them stand; then it goes out."


class RemarkNotForDecision(Refusal):
    sentence = "Only remarks about privacy are decided; everything else is changed in the text, or left as it is."


class NoSuchDecision(Refusal):
    sentence = "This decision has already been withdrawn. Load the page again."
