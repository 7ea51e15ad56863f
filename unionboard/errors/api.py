"""What the API declines to answer: each with the number of its answer."""

from typing import ClassVar

from unionboard.errors import Refusal


class ApiRefusal(Refusal):
    """``status``: of the answer; ``code``: what programs tell it by, fixed."""

    status: ClassVar[int]
    code: ClassVar[str]


class TokenMissing(ApiRefusal):
    status, code = 401, "token_missing"
    sentence = "Send a token in the header: Authorization: Bearer ub_… The chair makes one in the settings, under Connections."


class TokenUnknown(ApiRefusal):
    status, code = 401, "token_unknown"
    sentence = "This token opens nothing: it is unknown or was revoked."


class TokenInAddress(ApiRefusal):
    status, code = 401, "token_in_address"
    sentence = "A token in the address ends up in logs and histories. Send it in the Authorization header, and revoke this one."


class NotForTokens(ApiRefusal):
    status, code = 403, "not_for_tokens"
    sentence = "A token may not see this."


class NothingThere(ApiRefusal):
    status, code = 404, "not_found"
    sentence = "There is nothing under this address. What there is stands at {place}."


class OnlyRead(ApiRefusal):
    status, code = 405, "only_read"
    sentence = "This API only tells; it changes nothing."


class NotUnderstood(ApiRefusal):
    status, code = 422, "not_understood"
    sentence = "What was asked for is not understood; “fields” says where."


class TooManyRequests(ApiRefusal):
    status, code = 429, "too_many_requests"
    sentence = "Too many requests. Try again in {seconds} seconds."
