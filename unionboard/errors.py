"""Refusals: one class, one sentence.

A refusal is raised by a service or the reader and shown to the user at the edge (a page or the command line). The class holds the
English sentence, which is its msgid in the catalogues; ``facts`` fill its ``{slots}``. Values in ``facts`` are already text or numbers.
Problems *inside* a document are not raised: they are collected and returned beside what was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


class Refusal(Exception):
    """Base of everything the program declines to do. ``sentence`` says what is wrong and what to do instead."""

    sentence: ClassVar[str] = "This cannot be done."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts) if facts else self.sentence)


# --- documents -------------------------------------------------------------------------------------------------------------


class EmptyDocument(Refusal):
    sentence = "The file is empty. Choose the plan as a Word, Excel or text file, or paste its text."


class NotADocument(Refusal):
    sentence = (
        "This file is not readable text. Open it in the program it comes from and save it as Word (.docx), Excel (.xlsx) or text (.txt)."
    )


class DamagedDocument(Refusal):
    sentence = "The file is damaged and cannot be opened. Open it in Word or WPS, save it again as .docx or .xlsx, and choose the new file."


class NotAnOfficeFile(DamagedDocument):
    sentence = (
        "The file is called {suffix}, but it is no Word or Excel document. Open it in its own program, save it as .docx or .xlsx, "
        "then choose the new file."
    )


class DocumentTooLarge(Refusal):
    sentence = "The file is larger than {limit_mb} MB. Remove its pictures or save only the plan in a file of its own."


class TextTooLarge(DocumentTooLarge):
    sentence = "The text is longer than {limit_mb} MB. Save only the plan in a file of its own, or paste the part that holds it."


class FormatNotRead(Refusal):
    """A format that is not read. The classes below say by what way each kind comes in."""

    sentence = "Files of the kind {suffix} cannot be read. Open the file in its program, copy the text of the plan, and paste it here."


class OldDocumentNotRead(FormatNotRead):
    sentence = "Files of the kind {suffix} cannot be read. Open the file in Word or WPS, choose “File → Save as → .docx”, then choose the new file."  # noqa: E501 -- one sentence


class OldWorkbookNotRead(FormatNotRead):
    sentence = "Files of the kind {suffix} cannot be read. Open the file in Excel or WPS, choose “File → Save as → .xlsx”, then choose the new file."  # noqa: E501 -- one sentence


class MacrosNotRead(FormatNotRead):
    sentence = "Files with macros ({suffix}) are not opened. Open the file in Word, Excel or WPS, save it as .docx or .xlsx, then choose the new file."  # noqa: E501 -- one sentence


class PagesNotRead(FormatNotRead):
    sentence = "Files of the kind {suffix} hold pages or pictures, no text. Turn the file into Word in WPS (PDF to Word, picture to text), save it as .docx and choose that, or paste the text."  # noqa: E501 -- one sentence


class ArchiveNotRead(FormatNotRead):
    sentence = "A packed file ({suffix}) cannot be read. Unpack it and choose the plan in it."


class WebArchiveNotRead(FormatNotRead):
    sentence = "Saved web pages of the kind {suffix} cannot be read. Open the page, copy the plan’s text, and paste it here."


class ProtectedDocument(Refusal):
    sentence = "The file is protected by a password. Open it in Word or WPS, remove the password, save it, and choose the new file."


class NoPlanFound(Refusal):
    sentence = (
        "No plan was found in this text: no sections, measures or months. Choose another file, or paste the part that holds the plan."
    )


class NoSuchDocument(Refusal):
    sentence = "The file holds {found} documents; there is no number {n}."


# --- money -----------------------------------------------------------------------------------------------------------------


class AmountNotReadable(Refusal):
    sentence = "“{text}” is not an amount. Type yuan as digits, for example 1200.50."


class AmountMissing(AmountNotReadable):
    sentence = "Type the amount in yuan."


class AmountNotPositive(Refusal):
    sentence = "The amount must be more than zero. To take an entry back, correct it instead of booking a negative sum."


class AmountTooLarge(Refusal):
    sentence = "“{text}” yuan is more than any union has. Check the number of digits."


class AmountTooFine(Refusal):
    sentence = "“{text}” has more than two decimals. Type the amount in yuan and fen, for example 1200.50."


# --- plans and activities ----------------------------------------------------------------------------------------------------


class NothingToAdopt(Refusal):
    sentence = "Nothing is selected. Keep at least one activity or section before adopting the plan."


class PlanExists(Refusal):
    sentence = "There is already a plan for {year}. Open it under Plan, or choose another year."


class NoPlanForYear(Refusal):
    sentence = "There is no plan for {year} yet. Read or copy one first."


class NoPlanYet(Refusal):
    sentence = "There is no plan yet. Read a plan document first."


class NoSuchPlan(Refusal):
    sentence = "There is no such plan. Choose one under Settings."


class ChoiceUnknown(Refusal):
    sentence = "The timeline knows no “{text}”. Open this page from the timeline again."


class YearOutOfRange(Refusal):
    sentence = "{year} is not a year a plan can have. Type a year between 2000 and 2100."


class PlanMovedOn(Refusal):
    sentence = "Somebody else changed the plan in the meantime. The comparison is up to date again: look once more, then apply it."


class ChangedSince(Refusal):
    sentence = "Something was changed since, so this can no longer be undone as a whole. Correct the lines in the plan."


class NoSuchTemplate(Refusal):
    sentence = "There is no template “{code}”. Choose one of: {codes}."


class NotOurTable(Refusal):
    sentence = "This workbook is no plan table of this program: a column 编号 or 工作内容 is missing. Export the table first, or read the file as a new plan."  # noqa: E501 -- one sentence


class OtherPlansTable(Refusal):
    sentence = "This table belongs to another plan (cell {cell}). Open that plan, or choose the table that was exported from this one."


class TableUnclear(Refusal):
    sentence = "{n} cells of the table are not understood ({cells}). Correct them in Excel and bring the table back; nothing was changed."


class DatabaseNotEmpty(Refusal):
    sentence = "The demo year is only for an empty database; this one already holds a plan."


class NoSuchActivity(Refusal):
    sentence = "There is no activity number {id}."


class NoSuchSection(Refusal):
    sentence = "There is no section number {id}."


class NoSuchMeasure(Refusal):
    sentence = "There is no measure number {id}."


class SectionHoldsMeasures(Refusal):
    sentence = "“{heading}” still holds {n} measures. Choose the section they go to."


class TextMissing(Refusal):
    sentence = "Type the text of the measure, or remove the measure."


class TitleMissing(Refusal):
    sentence = "An activity needs a name."


class TargetUnclear(Refusal):
    sentence = "“{text}” names no figure to reach. Write it like 参加率95%以上 or 不少于2次, one target a line."


class DatesReversed(Refusal):
    sentence = "The last day is before the first day. Check the two dates."


class DateOutsidePlan(Refusal):
    sentence = "{day} is outside the plan, which runs from {starts_on} to {ends_on}. Check the date."


class NotLater(Refusal):
    sentence = "That is not later than planned so far. Choose the new time."


class ReasonMissing(Refusal):
    sentence = "Say in a few words why, so that the year-end summary can explain it."


@dataclass(frozen=True, slots=True)
class Difference:
    """A field with two values, as the change log keeps them (a section by its heading): what is stored now, and what was to be saved."""

    field: str
    theirs: object
    yours: object


class StaleSave(Refusal):
    """``differences``: every field that was to be saved otherwise than it stands now, whose ``version`` is that of ``who`` at ``at_utc``.

    The sentence names the first of them; a form shows them all.
    """

    sentence = (
        "Somebody else changed this in the meantime ({field}: now “{theirs}”, yours “{yours}”). Look at the new values and save again."
    )

    def __init__(
        self, *, differences: Sequence[Difference] = (), version: int = 0, who: str = "", at_utc: datetime | None = None, **facts: object
    ) -> None:
        self.differences, self.version, self.who, self.at_utc = tuple(differences), version, who, at_utc
        if differences:
            facts = {"field": differences[0].field, "theirs": differences[0].theirs, "yours": differences[0].yours, **facts}
        super().__init__(**facts)


# --- check-offs ----------------------------------------------------------------------------------------------------------------


class AlreadyCheckedOff(Refusal):
    """``check_off_id``: what stands in the way; ``who`` told it ``at`` a moment (UTC)."""

    sentence = "{who} has already checked “{title}” off for {done_on} (told {at}). Open it to add what you know, or undo it."


class NotCheckedOff(Refusal):
    sentence = "“{title}” is not checked off, so there is nothing to undo."


class ActivityRemoved(Refusal):
    sentence = "“{title}” has been taken out of the plan."


class CheckOffTakenBack(Refusal):
    sentence = "The check-off of “{title}” was taken back in the meantime. Check it off again."


class CheckOffCompleted(Refusal):
    sentence = "Somebody else completed the record of “{title}” in the meantime. Look at it before you take it back."


class NoSuchTurn(Refusal):
    sentence = "The turns of “{title}” were planned anew in the meantime. Choose one of them again."


class ActivityCancelled(Refusal):
    sentence = "“{title}” is cancelled. Take it back into the plan before checking it off."


class DateInFuture(Refusal):
    sentence = "{day} has not come yet. Record it on the day or afterwards."


class CountNotPositive(Refusal):
    sentence = "The number of people must be a whole number and not less than zero."


class CountTooLarge(Refusal):
    sentence = "{count} is more than a union can count. Check the number."


class MoreThanEligible(Refusal):
    sentence = "More people attended ({attended}) than were eligible ({eligible}). Check the two numbers."


class MorePresentThanDue(Refusal):
    sentence = "More delegates were present ({present}) than were due ({due}). Check the two numbers."


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


# --- meetings --------------------------------------------------------------------------------------------------------------------


class MeetingClosed(Refusal):
    sentence = "This meeting has ended and its minutes are locked. Bring the matter up at the next one."


class MeetingNotEmpty(Refusal):
    sentence = "Something was decided or written down at this meeting. End it; its minutes are kept."


class NoSuchMeeting(Refusal):
    sentence = "There is no meeting number {number}."


class NoMeetingYet(Refusal):
    sentence = "No meeting has ended yet, so there are no minutes to write."


class MinutesNotReady(Refusal):
    sentence = "Meeting number {number} is still open. End it first; then its minutes are written."


class AgendaTitleMissing(Refusal):
    sentence = "Say in a few words what is to be discussed."


class DecisionMissing(Refusal):
    sentence = "Type what was decided."


class ItemIsNoActivity(Refusal):
    sentence = "This point of the agenda is no single activity. Choose the activity first."


class OwnerUnchanged(Refusal):
    sentence = "{owner} is in charge already. Choose somebody else."


class DecisionOvertaken(Refusal):
    sentence = "“{title}” was changed again after this decision, so the decision cannot be taken back. Correct the activity itself."


class DecisionTakenBack(Refusal):
    sentence = "This decision has already been taken back."


# --- fund ------------------------------------------------------------------------------------------------------------------------


class NoSuchFundItem(Refusal):
    sentence = "There is no fund item “{code}”. Choose one of: {codes}."


class WrongDirection(Refusal):
    sentence = "“{code}” is not an item for this side of the ledger. Choose one of: {codes}."


class NoSuchEntry(Refusal):
    sentence = "There is no fund entry number {id}."


class EntryAlreadyReversed(Refusal):
    sentence = "Voucher {voucher} has already been corrected by voucher {by}."


class EntryIsCorrection(Refusal):
    sentence = "Voucher {voucher} is itself a correction. Book a new entry instead."


class CorrectionTooEarly(Refusal):
    sentence = "A correction cannot be dated before the entry it corrects ({day})."


class BudgetNegative(Refusal):
    sentence = "A budget cannot be less than zero. Leave the cell empty when there is none."


class ItemMissing(Refusal):
    sentence = "Choose an item for the money."


class PurposeMissing(Refusal):
    sentence = "Say what the money is for."


class NoSuchVisit(Refusal):
    sentence = "This care visit has already been taken back, or never was."


class CareKindMissing(Refusal):
    sentence = "Choose the occasion of the visit."


class NoSuchCareKind(Refusal):
    sentence = "There is no occasion “{code}” for a care visit."


# --- people, summary ---------------------------------------------------------------------------------------------------------------


class NameMissing(Refusal):
    sentence = "Type a name."


class NoSuchSummary(Refusal):
    sentence = "There is no summary draft yet. Write the draft first."


class DateNotReadable(Refusal):
    sentence = "“{text}” is not a date. Type it as 2026-03-08."


class TimeNotReadable(Refusal):
    sentence = "“{text}” is not understood as a time. Type a month, ten days of it or a day: 12月, 12月上旬, 12月5日."


class FileNotFound(Refusal):
    sentence = "There is no file “{path}”."


class FileNotReadable(Refusal):
    sentence = "The file “{path}” cannot be opened. Check that it is a file and that you may read it."


class CannotWrite(Refusal):
    sentence = "The file “{path}” cannot be written. Choose another folder or close the program that has it open."


# --- the database -------------------------------------------------------------------------------------------------------------------


class DatabaseBusy(Refusal):
    sentence = "Somebody else is saving at this moment. Nothing was changed; try again."


class DatabaseTooNew(Refusal):
    sentence = "The database was last used by a newer version of the program. Start that version, or go back to a backup."


class DatabaseUnusable(Refusal):
    sentence = "The database “{place}” cannot be used. Check UNIONBOARD_DATA_DIR and UNIONBOARD_DATABASE_URL, and that you may write there."


# --- phones ---------------------------------------------------------------------------------------------------------------------------


class NoNetwork(Refusal):
    sentence = "This computer is in no network. Connect it to the Wi-Fi the phones are in, then share again."


class NoPortToShare(Refusal):
    sentence = "The ports {first} to {last} of this computer are all in use. Close other programs, then share again."
