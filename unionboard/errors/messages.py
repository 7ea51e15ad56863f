"""Groups and mailboxes that cannot get messages as they were given."""

from unionboard.errors import Refusal


class ChannelAddressMissing(Refusal):
    sentence = "Paste the robot's address first: copy it from the group's settings."


class ChannelAddressOfOther(Refusal):
    """The robot of another app than the one chosen."""

    sentence = "This is no address of such a robot. Copy it from the group's settings; it begins with {beginning}"


class ChannelSecretWrong(Refusal):
    sentence = "This is no signing secret. Copy it from the robot's security settings once more, or leave it empty if the robot has none."


class ChannelAddressNotUnderstood(Refusal):
    sentence = "This address is not understood. It looks like service://…; docs/messages.md says where to find them."


class ChannelOnThisComputer(Refusal):
    """What would show a message on the server's own screen or write into its log."""

    sentence = "“{scheme}” would stay on the computer the program runs on. Choose a service that reaches a group."


class ChannelNameMissing(Refusal):
    sentence = "Give the group a name, so that the others know which one it is."


class ChannelEventsMissing(Refusal):
    sentence = "Choose at least one thing the group is told about."


class ChannelUnknown(Refusal):
    sentence = "This group is no longer among those that get messages. Load the page again."


class MailServerMissing(Refusal):
    sentence = "Type the mail server's name, as smtp.example.com."


class MailPortWrong(Refusal):
    sentence = "The port is a number from 1 to 65535. Ask the mail service; mostly it is 465 or 587."


class MailAddressWrong(Refusal):
    sentence = "“{address}” is no e-mail address. Type it like name@school.edu.cn."


class MailRecipientsMissing(Refusal):
    sentence = "Type at least one address that gets the messages."


class BoardAddressWrong(Refusal):
    sentence = "The address of the board begins with http:// or https://. Type it as it stands in the browser, or leave it empty."


class PlaceTellsOfSomebody(Refusal):
    sentence = "The place may not name a person or tell of an illness: the message goes to a whole group. Type the room."


class NoChannelWanted(Refusal):
    """A message that people send by hand, and nobody gets."""

    sentence = "No group is switched on for this. Whoever is the chair adds one in the settings, under Connections."


class MessageGone(Refusal):
    sentence = "This message is no longer kept. What is still due is sent by itself."


class MessagesFailed(Refusal):
    """For whoever reads what cron says."""

    sentence = "{failed} of {all} messages did not arrive. {channel}: {why}"
