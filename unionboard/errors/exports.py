"""What leaves the books and the summary, and the union's own template for it."""

from unionboard.errors import Refusal


class BookEmpty(Refusal):
    sentence = "The {year} book is empty: there is nothing to hand over yet. Book an entry first, or choose another year."


class OfficeMissing(Refusal):
    sentence = "There is no LibreOffice on this computer, and without it no PDF can be made. Export Word and save it as PDF there."


class OfficeFailed(Refusal):
    sentence = "LibreOffice made no PDF of it. Export Word and save it as PDF there."


class TemplateRefused(Refusal):
    """A Word file that cannot serve as template; the classes below say why."""

    sentence = "This template cannot be used. Choose another one, or the program's own."


class TemplateEmpty(TemplateRefused):
    sentence = "The template is empty. Download the sample, change it in Word, and choose that."


class TemplateNotWord(TemplateRefused):
    sentence = "A template is a Word file (.docx), and this is none or it is damaged. Save it as .docx in Word or WPS and choose it again."


class TemplateTooLarge(TemplateRefused):
    sentence = "The template is too large (more than {limit_mb} MB, or too much text in it). Keep only the page, its heads and the places."


class TemplateWithMacros(TemplateRefused):
    sentence = "The template holds macros, which are not allowed. Save it in Word or WPS as .docx without macros and choose that."


class TemplateWithLinks(TemplateRefused):
    sentence = (
        "The template fetches something from elsewhere (a linked picture, a linked template or a field that includes a file), which is not "
        "allowed. Put the picture itself into the file and choose it again."
    )


class TemplateWithObjects(TemplateRefused):
    sentence = "The template holds embedded objects (a workbook, a control or another file), which are not allowed. Take them out."


class TemplateNotExcel(TemplateRefused):
    sentence = "This is no Excel file (.xlsx), or it is damaged. Save it as .xlsx in Excel or WPS and choose it again."


class FormNeither(TemplateRefused):
    sentence = "A form of your own is a Word file (.docx) or an Excel file (.xlsx). Save it as one of them and choose it again."


class FormWithoutPlaces(TemplateRefused):
    sentence = "The form names no place that is filled in. Write at least one, such as {place}, where its words shall stand."


class FormRowMixed(TemplateRefused):
    sentence = "A row of the form tells of two lists: “{where}”. Give each list a row of its own."


class FormFormula(TemplateRefused):
    sentence = "A formula of the form fetches from elsewhere or holds a place: “{where}”. Write the place, or a plain formula, alone."


class NothingToPrint(Refusal):
    """A paper that would be empty."""

    sentence = "There is nothing to print yet: no honour is on record for {year}. Tell it with a check-off, under “More”."


class TemplateWithoutText(TemplateRefused):
    sentence = "The template says nowhere where the text goes. Write {place} on a line of its own where the summary shall stand."


class TemplateTagUnclosed(TemplateRefused):
    sentence = "A place in the template is not closed: “{where}”. A place is written with two braces on both sides, in one paragraph."


class TemplatePlaceUnknown(TemplateRefused):
    sentence = "The template asks for “{place}”, which does not exist: “{where}”. Take a name from the list of places."


class TemplateTagRefused(TemplateRefused):
    sentence = "The template tells the program to do something it may not: “{where}”. Only places, “for” and “if” are allowed."


class TemplateBroken(TemplateRefused):
    sentence = (
        "The template cannot be filled; the trouble is near “{where}”. Each “for” and “if” needs its end, on a line or row of its own."
    )


class TemplateLost(Refusal):
    sentence = "The union’s template is not where it was kept, or it was changed there. Choose it again, or export without it."


class TemplateStrange(TemplateRefused):
    sentence = (
        "The template is built in a way that cannot be filled. Open it in Word, copy what is in it into a new document, save that as .docx "
        "and choose it."
    )


class TemplateRemoved(Refusal):
    sentence = "This template has been taken out already. Load the page again."
