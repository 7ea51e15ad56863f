"""A small sign-in service: OpenID Connect with signed tokens, for whoever stands in ``person``."""

import time
from dataclasses import dataclass, field
from threading import Thread
from typing import Any, Self

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "unionboard", "between-the-two-of-us"


@dataclass
class Provider:
    """Serves on a port of its own within ``with``. ``person``: what it tells of whoever signs in; None: they turn back."""

    person: dict[str, Any] | None = field(default_factory=dict)
    forges: bool = False
    """Signs with a key that is not the one it shows."""

    def __post_init__(self) -> None:
        self._key = RSAKey.generate_key(2048, {"kid": "1"})
        self._nonces: dict[str, str] = {}
        routes = [
            Route("/.well-known/openid-configuration", self._tell),
            Route("/authorize", self._authorize),
            Route("/token", self._hand_out, methods=["POST"]),
            Route("/keys", self._show_keys),
        ]
        config = uvicorn.Config(Starlette(routes=routes), port=0, log_level="critical", lifespan="off", ws="none")
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        self.address = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)

    async def _tell(self, _request: Request) -> Response:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        about = {"issuer": self.address, "code_challenge_methods_supported": ["S256"], "id_token_signing_alg_values_supported": ["RS256"]}
        return JSONResponse({**about, **{name: f"{self.address}/{path}" for name, path in ends.items()}})

    async def _authorize(self, request: Request) -> Response:
        asked = request.query_params
        told = f"state={asked['state']}"
        if self.person is None:
            return RedirectResponse(f"{asked['redirect_uri']}?error=access_denied&{told}")
        code = f"code-{len(self._nonces)}"
        self._nonces[code] = asked["nonce"]
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&{told}")

    async def _hand_out(self, request: Request) -> Response:
        form = await request.form()
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 60, "nonce": self._nonces.pop(str(form["code"]))}
        key = RSAKey.generate_key(2048) if self.forges else self._key
        token = jwt.encode({"alg": "RS256", "kid": "1"}, {**claims, **(self.person or {})}, key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    async def _show_keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})
