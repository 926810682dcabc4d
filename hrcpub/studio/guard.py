"""Who may talk to the studio: the browser in which its address was opened, on this computer.

Another page in the same browser, and other people's programs on the same computer, may not. The
address that is printed holds a key; the browser keeps it in a cookie, which no page can read.
`Host` is looked at against names that are made to lead here (DNS rebinding), `Origin` against
requests that another page sends. A window that was left open when the studio was ended gets the new
key as `returning.py` says.
"""

from __future__ import annotations

import hmac
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hrcpub.studio.returning import Returning

COOKIE = "hrcpub-studio"
# Nothing is loaded from elsewhere, nothing is sent elsewhere, no page may hold this one in a frame.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_READING = ("GET", "HEAD")
OF = "x-hrcpub-of"  # said by the page, of which project it is
_RETURN = "/api/return"


class Guard:
    """Stands before the studio's pages, and refuses what does not come from its own window."""

    def __init__(self, app: ASGIApp, key: str, port: int, returning: Returning) -> None:
        """`key` is what the printed address holds, `port` the one that is listened at."""
        self.app = app
        self.key = key
        self.returning = returning
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        # Cookies are kept by host alone: a studio at another port must have one of its own.
        self.cookie = f"{COOKIE}-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._foreign(scope, headers)
        if refusal is None and scope["type"] == "http" and scope["path"] == _RETURN:
            await self._returned(scope)(scope, receive, _with_headers(send))
            return
        refusal = refusal or self._keyless(headers)
        if refusal is None:
            await self.app(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4403, "reason": refusal})
        elif self._is_opening(scope):
            await self._opened()(scope, receive, _with_headers(send))
        else:
            answer = PlainTextResponse(f"{refusal}\n", status_code=403)
            await answer(scope, receive, _with_headers(send))

    def _foreign(self, scope: Scope, headers: Headers) -> str | None:
        """Return why a request is refused that another page may have sent; None: none has."""
        if headers.get("host", "").lower() not in self.hosts:
            return "The studio answers at its own address alone."
        is_reading = scope["type"] == "http" and scope["method"] in _READING
        origin = headers.get("origin")
        if not (is_reading and origin is None) and not self._is_ours(origin):
            return "Only the studio's own page may ask for that."
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return "Only the studio's own page may ask for that."
        return None

    def _keyless(self, headers: Headers) -> str | None:
        if not self._has_key(headers):
            return "Open the address that `hrcpub studio` printed: it holds the key."
        if headers.get(OF, self.returning.of) != self.returning.of:
            return "That is a window of another project."
        return None

    def _is_ours(self, origin: str | None) -> bool:
        return origin is not None and origin.removeprefix("http://").lower() in self.hosts

    def _has_key(self, headers: Headers) -> bool:
        # As browsers read them: others at this host may have names that `http.cookies` refuses.
        kept = cookie_parser(headers.get("cookie", "")).get(self.cookie)
        return kept is not None and hmac.compare_digest(kept.encode(), self.key.encode())

    def _is_opening(self, scope: Scope) -> bool:
        """Return whether somebody opens the printed address; a link from elsewhere may be it."""
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self.hosts or scope["method"] != "GET":
            return False
        given = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        return scope["path"] == "/" and hmac.compare_digest(given.encode(), self.key.encode())

    def _opened(self) -> Response:
        """Return the answer that keeps the key in a cookie, and takes it out of the address."""
        return self._with_key(RedirectResponse("/", status_code=303))

    def _returned(self, scope: Scope) -> Response:
        """Return the answer to a window that comes back: our proof to its GET, the key to its own.

        A POST has the page's own origin: no other page can have a proof taken.
        """
        asked = QueryParams(scope["query_string"])
        if scope["method"] == "POST":
            is_proven = self.returning.is_proven(asked)
            return self._with_key(Response(status_code=204)) if is_proven else _unknown()
        said = self.returning.answer(asked)
        return JSONResponse(said) if said else _unknown()

    def _with_key(self, answer: Response) -> Response:
        answer.set_cookie(self.cookie, self.key, httponly=True, samesite="strict", path="/")
        return answer


def _unknown() -> Response:
    return PlainTextResponse("That is no window of this project.\n", status_code=403)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
