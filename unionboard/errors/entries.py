"""Names, days and files that were named or typed."""

from unionboard.errors import Refusal


class NameMissing(Refusal):
    sentence = "Type a name."


class MoreMembersThanStaff(Refusal):
    sentence = "{members} members cannot be more than {staff} staff: count everybody who works here, members or not."


class MoreWomenThanMembers(Refusal):
    sentence = "{women} women cannot be more than all {members} members. Check the two numbers."


class NoSuchSummary(Refusal):
    sentence = "There is no summary draft yet. Write the draft first."


class DateNotReadable(Refusal):
    sentence = "“{text}” is not a date. Type it as 2026-03-08."


class TimeNotReadable(Refusal):
    sentence = "“{text}” is not understood as a time. Type a month, ten days of it or a day: 12月, 12月上旬, 12月5日."


class FileNotFound(Refusal):
    sentence = "There is no file “{path}”. Check the path and the name."


class FileNotReadable(Refusal):
    sentence = "The file “{path}” cannot be opened. Check that it is a file and that you may read it."


class CannotWrite(Refusal):
    sentence = "The file “{path}” cannot be written. Choose another folder or close the program that has it open."
