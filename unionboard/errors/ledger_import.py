"""Files of entries or budgets: what cannot be read at all, and what is wrong in one cell."""

from unionboard.errors import Refusal


class TableFileEmpty(Refusal):
    sentence = "The file is empty. Choose another one."


class TableNotRead(Refusal):
    sentence = "This file is no table. Open it in Excel or WPS, save it as .xlsx or .csv, then choose the new file."


class TableTooLarge(Refusal):
    sentence = "The file has more than {limit} rows. Save one year in a file of its own."


class FileTooLarge(Refusal):
    sentence = "The file is larger than {limit_mb} MB. Save one year in a file of its own."


class NoTableFound(Refusal):
    sentence = "No row of headings was found. A table needs a column of amounts and one that says what they are for."


class NothingToImport(Refusal):
    sentence = "The table holds no line with an amount. Choose another sheet or file."


class SideNotTold(Refusal):
    sentence = "Nothing says whether these amounts came in or went out. Say it in the mapping: the side, or a column for it."


class OtherYear(Refusal):
    sentence = "The file is about {found}, the book is that of {year}. Open the book of {found}, or choose another file."


class LinesRefused(Refusal):
    sentence = "Nothing was imported: {cells} cannot be taken as they are. Correct the file, say more in a mapping, or leave the rows out."


class NearUndecided(Refusal):
    sentence = "Say of these rows whether they are in the book already: {rows}."


class FileChanged(Refusal):
    sentence = "The book or the file changed since the preview. Look at it once more, then import."


class NoSuchMapping(Refusal):
    sentence = "There is no mapping “{name}”. Name a remembered one or a JSON file."


class MappingNotReadable(Refusal):
    sentence = "The mapping “{name}” is not understood: {reason}"


class NoSuchHeading(Refusal):
    sentence = "The mapping names a column “{heading}”, which the table does not have. Check the headings."


class NoSuchRow(Refusal):
    sentence = "There is nothing in row {row} that could be left out. Check the row's number."


# --- one cell ----------------------------------------------------------------------------------------------------------------


class CellDayMissing(Refusal):
    sentence = "The date is missing. Type it, or leave the row out."


class CellDayNotReadable(Refusal):
    sentence = "“{text}” is not a date. Write it as 2026-03-08."


class CellDayAmbiguous(Refusal):
    sentence = "“{text}” may be one of two days. Write it as 2026-03-08."


class CellDayOutsideYear(Refusal):
    sentence = "{day} is not in {year}. Correct the date, or leave the row out."


class CellAmountMissing(Refusal):
    sentence = "The amount is missing. Type it, or leave the row out."


class CellFormula(Refusal):
    sentence = "The formula {text} has no result. Open the file in Excel or WPS, save it, and choose it again."


class CellBothSides(Refusal):
    sentence = "The row has an amount on both sides. Leave one of them empty."


class CellItemUnknown(Refusal):
    sentence = "“{text}” is no item of the books. Say in the mapping which item it is."


class CellItemMissing(Refusal):
    sentence = "Nothing says which item this is. Choose one for it."


class CellItemOfOtherSide(Refusal):
    sentence = "“{text}” is an item of the other side of the ledger. Choose one of this side."


class CellSideNotReadable(Refusal):
    sentence = "“{text}” says neither income nor spending. Write 收入 or 支出."


class CellNegative(Refusal):
    sentence = "{amount} is less than nothing, and no earlier line of the same item and amount is there that it takes back. Check the sign."


class CellTooMany(Refusal):
    sentence = "“{text}” stands beyond the last heading. Put an amount with commas into quotation marks in a .csv file."


class CellTotalDiffers(Refusal):
    sentence = "The total {told} is not the sum of the lines, {counted}. Check the lines above."


class CellClosingDiffers(Refusal):
    sentence = "The balance {told} is not what is left by the lines, {counted}. Check the lines above."


class CellOpeningDiffers(Refusal):
    sentence = "The file begins with {told}, the book with {counted}. Check which of them is right."


class CellPapersNotReadable(Refusal):
    sentence = "“{text}” is no number of papers. Write a number, or nothing."
