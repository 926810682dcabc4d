"""A window that was left open, and a studio that was started again: each proves to be the other's.

Meanwhile another program may have taken the port, also one of another user. So the window sends
nothing of what was typed, and no secret, before whoever answers there has proven to know the
project's secret; then it proves the same, and gets the new key. What is proven is the HMAC of two
numbers, each drawn at random by one side, and of the port: it can neither be used a second time nor
passed on to a studio at another port.
"""

from __future__ import annotations

import hmac
import re
import secrets

from starlette.datastructures import QueryParams

MOST_ASKED = 64  # windows that come back at once
STUDIO, WINDOW = "studio", "window"  # whose proof it is: one is of no use as the other
_NONCE = re.compile(r"[0-9a-f]{32}")


class Returning:
    """Windows that come back."""

    def __init__(self, secret: str, port: int) -> None:
        """`secret` is what windows of this project know, `port` the one that is listened at."""
        self._secret = secret.encode()
        self._port = port
        self._asked: dict[str, str] = {}  # by our number, the window's: the oldest first

    @property
    def of(self) -> str:
        """What a window says of which project it is; by it, nobody knows the secret."""
        return hmac.digest(self._secret, b"of", "sha256").hex()[:16]

    def answer(self, asked: QueryParams) -> dict[str, str] | None:
        """Return our number, and the proof that we know the secret; None for what is no number."""
        theirs = asked.get("theirs", "")
        if not _NONCE.fullmatch(theirs):
            return None
        while len(self._asked) >= MOST_ASKED:
            del self._asked[next(iter(self._asked))]
        ours = secrets.token_hex(16)
        self._asked[ours] = theirs
        return {"ours": ours, "proof": self._proof(STUDIO, theirs, ours)}

    def is_proven(self, asked: QueryParams) -> bool:
        """Return whether a window proves to know the secret too, with the number that it got."""
        ours = asked.get("ours", "")
        theirs = self._asked.pop(ours, None)
        if theirs is None:
            return False
        proof = self._proof(WINDOW, theirs, ours)
        return hmac.compare_digest(proof.encode(), asked.get("proof", "").encode())

    def _proof(self, whose: str, theirs: str, ours: str) -> str:
        said = f"{whose} {self._port} {theirs} {ours}"
        return hmac.digest(self._secret, said.encode(), "sha256").hex()
