"""Files and papers that prove a check-off."""

from unionboard.errors import Refusal


class EvidenceEmpty(Refusal):
    sentence = "The file “{name}” is empty. Choose it again, or only note that the paper is in the folder."


class EvidenceTooLarge(Refusal):
    sentence = "The file “{name}” is larger than {limit_mb} MB. Save the photo smaller and choose it again."


class EvidenceFormatRefused(Refusal):
    sentence = "“{name}” is not a photo or document. Choose a picture, PDF, Word or Excel file."


class EvidenceMisnamed(Refusal):
    sentence = "“{name}” is damaged or not what its name says. Open it, save it again as PDF, Word, Excel or photo, and choose that."


class EvidenceUnreadable(Refusal):
    sentence = "“{name}” cannot be read: it is damaged or came only in part. Take or send it again."


class PictureTooLarge(Refusal):
    sentence = "The picture “{name}” has more than {limit} million pixels. Save it smaller and choose it again."


class PaperUntold(Refusal):
    sentence = "Say where the paper lies or who saw it."


class NoSuchEvidence(Refusal):
    sentence = "This paper is not on record any more. Load the page again."
