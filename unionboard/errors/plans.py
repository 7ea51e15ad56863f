"""Plans: adopting, choosing and their tables."""

from unionboard.errors import Refusal


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


class NoSuchTemplate(Refusal):
    sentence = "There is no template “{code}”. Choose one of: {codes}."


class NotOurTable(Refusal):
    sentence = "This workbook is no plan table of this program: a column 编号 or 工作内容 is missing. Export the table first, or read the file as a new plan."  # noqa: E501 -- one sentence


class OtherPlansTable(Refusal):
    sentence = "This table belongs to another plan (cell {cell}). Open that plan, or choose the table that was exported from this one."


class TableUnclear(Refusal):
    sentence = "{n} cells of the table are not understood ({cells}). Correct them in Excel and bring the table back; nothing was changed."


class DatabaseNotEmpty(Refusal):
    sentence = (
        "The demo year is only for an empty database; this one already holds a plan. Start the program on an empty data folder to try it."
    )


class NoDemo(Refusal):
    sentence = "These are not the demo year's data, so they stay. To begin anew, start the program on an empty data folder."
