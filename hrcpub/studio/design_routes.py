"""The addresses at which a layout's files are read, saved and completed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from hrcpub.studio.answers import answered
from hrcpub.studio.designing import Designing
from hrcpub.studio.studio import Studio

LAYOUT = "/api/design/{name}"


def design_routes(studio: Studio) -> list[Route]:
    """Return the routes of layouts that are open."""
    designing = Designing(studio)
    asked: dict[str, Callable[[Request, Any], Any]] = {
        "": lambda request, body: designing.layout(_name(request)),
        "/file": lambda request, body: designing.file(_name(request), _path(request)),
        "/versions": lambda request, body: designing.versions(_name(request), _path(request)),
        "/version/{number:int}": lambda request, body: {
            "text": designing.version(_name(request), _path(request), _number(request))
        },
    }
    done: dict[str, Callable[[Request, Any], Any]] = {
        "/save": lambda request, body: designing.save(
            _name(request), str(body["path"]), str(body["base"]), str(body["text"])
        ),
        "/undo": lambda request, body: designing.undo(_name(request), str(body["path"])),
        "/redo": lambda request, body: designing.redo(_name(request), str(body["path"])),
        "/complete": lambda request, body: designing.complete(
            _name(request), str(body["path"]), dict(body["drafts"]), int(body["at"])
        ),
        "/copy": lambda request, body: designing.copy(_name(request), str(body["name"])),
    }
    return [
        *(Route(f"{LAYOUT}{path}", answered(do)) for path, do in asked.items()),
        *(Route(f"{LAYOUT}{path}", answered(do), methods=["POST"]) for path, do in done.items()),
    ]


def _name(request: Request) -> str:
    return str(request.path_params["name"])


def _number(request: Request) -> int:
    return int(request.path_params["number"])


def _path(request: Request) -> str:
    return request.query_params.get("path", "")
