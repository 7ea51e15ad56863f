"""What cannot be read as a plan's document."""

from unionboard.errors import Refusal


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
    sentence = "The file holds {found} documents; there is no number {n}. Choose a number from 1 to {found}."
