"""What every answer tells the browser, whoever asks and whatever is answered."""

import pytest
from sqlalchemy import Engine

from tests.web.visitors import HTML, make_account, make_token, visit, visit_here
from unionboard.web.headers import HEADERS, PAGE_POLICY

pytestmark = pytest.mark.usefixtures("engine")
OF_THEIR_OWN = ("/paper/timeline", "/media/", "/login", "/logout")


@pytest.mark.parametrize(
    "path", ["/", "/fund", "/pulse", "/media/4f0c.svg", "/static/js/index.js", "/healthz", "/paper/timeline", "/nonsense"]
)
def test_answers_of_every_kind_are_guarded(path: str) -> None:
    told = visit_here().get(path, headers=HTML).headers

    assert {name: told[name] for name in HEADERS if name != "content-security-policy"} == {
        name: value for name, value in HEADERS.items() if name != "content-security-policy"
    }
    assert (told["content-security-policy"] == PAGE_POLICY) != path.startswith(OF_THEIR_OWN)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/fund", {}, 401),
        ("GET", "/fund", HTML, 303),
        ("GET", "/fund", {"host": "evil.example"}, 421),
        ("POST", "/login", {}, 403),
        ("POST", "/login", {"content-length": "99999999"}, 413),
    ],
)
def test_refusals_are_guarded_too(engine: Engine, method: str, path: str, headers: dict[str, str], status: int) -> None:
    make_account(engine)

    answer = visit().request(method, path, headers=headers)

    assert (answer.status_code, {name: answer.headers[name] for name in HEADERS}) == (status, HEADERS)


def test_policy_of_a_page_lets_nothing_in_from_elsewhere(engine: Engine) -> None:
    policy = visit(token=make_token(engine, make_account(engine))).get("/fund").headers["content-security-policy"]

    sources = {word for directive in policy.split("; ") for word in directive.split()[1:]}
    assert {word for word in sources if not word.startswith("'sha256-")} == {"'none'", "'self'", "blob:", "data:", "'unsafe-inline'"}
    assert "unsafe-inline" not in next(directive for directive in policy.split("; ") if directive.startswith("script-src"))
    assert "unsafe-eval" not in policy
