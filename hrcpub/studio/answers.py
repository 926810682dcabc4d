"""What the studio's functions return and raise, as the answers that its page expects."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from json import JSONDecodeError
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hrcpub.problems import HrcpubError
from hrcpub.studio.documents import ConflictError

Endpoint = Callable[[Request], Awaitable[Response]]
LARGEST_REQUEST = 2**20  # bytes of JSON: a material may have one megabyte


def answered(do: Callable[[Request, Any], Any]) -> Endpoint:
    """Return the endpoint that gives a function the JSON of a request, and replies with another."""

    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request)
        except ValueError as error:
            return JSONResponse({"why": str(error)}, status_code=400)
        return reply(lambda: do(request, body))

    return endpoint


def reply(do: Callable[[], Any]) -> Response:
    """Return what a function returns as JSON, and what it raises as the page expects it.

    422 has Problems, 409 the places that others changed, 400 and 404 are mistakes of the page.
    """
    try:
        return JSONResponse(do())
    except HrcpubError as error:
        problems = [problem.as_json() for problem in error.problems]
        return JSONResponse({"problems": problems}, status_code=422)
    except ConflictError as error:
        return JSONResponse(_conflict(error), status_code=409)
    except KeyError as error:
        return JSONResponse({"why": f"there is no {error}"}, status_code=404)
    except (ValueError, LookupError, TypeError) as error:
        return JSONResponse({"why": str(error)}, status_code=400)


async def _body(request: Request) -> object:
    """Return a request's JSON; raise ValueError where it is none, or too large."""
    if request.method != "POST":
        return None
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > LARGEST_REQUEST:
        raise ValueError("the request is too large")
    if request.headers.get("content-type") != "application/json":
        raise ValueError("the request is no JSON")
    try:
        return await request.json()
    except (JSONDecodeError, UnicodeDecodeError, RecursionError):  # or lists in lists, too deep
        raise ValueError("the request is no JSON") from None


def _conflict(error: ConflictError) -> dict[str, Any]:
    return {
        "digest": error.document.digest,
        "values": error.document.plain,
        "saved": error.saved,
        "conflicts": [conflict._asdict() for conflict in error.conflicts],
    }


def answered_later(do: Callable[[Request, Any], Awaitable[Any]]) -> Endpoint:
    """Return the endpoint of what takes a while: as `answered`, for what must be waited for."""

    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request)
        except ValueError as error:
            return JSONResponse({"why": str(error)}, status_code=400)
        try:
            value = await do(request, body)
        except Exception as error:
            return reply(_raising(error))
        return value if isinstance(value, Response) else reply(lambda: value)

    return endpoint


def _raising(error: Exception) -> Callable[[], Any]:
    def again() -> Any:  # noqa: ANN401  it returns nothing
        raise error

    return again
