"""The addresses of what people write: pieces, translations, offices, tables.

Every file that is open answers at an address of its own, and below it the same to all: `save`,
`undo`, `redo`, `versions`, `version/NUMBER`, and `version/NUMBER/go-back`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from hrcpub.studio.answers import answered
from hrcpub.studio.edited_file import EditedFile
from hrcpub.studio.lists import SharedFile
from hrcpub.studio.studio import Studio

Opened = Callable[[Request], EditedFile]


def piece_routes(studio: Studio) -> list[Route]:
    """Return the routes of pieces and of their translations."""

    def name(request: Request) -> str:
        return str(request.path_params["name"])

    def translated(request: Request) -> tuple[str, str]:
        return name(request), str(request.path_params["language"])

    piece, translation = "/api/piece/{name}", "/api/translation/{name}/{language}"

    def begun(request: Request, body: dict[str, Any]) -> object:
        return studio.begin_translation(name(request), str(body["language"]))

    languages = f"{piece}/languages"
    return [
        Route(
            languages,
            answered(lambda request, body: studio.languages(name(request))),
            methods=["GET"],
        ),
        Route(languages, answered(begun), methods=["POST"]),
        Route(piece, answered(lambda request, body: studio.piece(name(request)))),
        *file_routes(piece, lambda request: studio.file(name(request))),
        Route(
            translation,
            answered(lambda request, body: studio.translation_form(*translated(request))),
        ),
        *file_routes(translation, lambda request: studio.translation(*translated(request)).file),
    ]


def shared_routes(studio: Studio) -> list[Route]:
    """Return the routes of what pieces share: offices, the organisation, tables of sites."""

    def table(request: Request) -> SharedFile:
        return studio.shared.table(str(request.path_params["name"]))

    shared: dict[str, Callable[[Request], SharedFile]] = {
        "/api/offices": lambda request: studio.shared.offices(),
        "/api/organisation": lambda request: studio.shared.organisation(),
        "/api/table/{name}": table,
    }
    overview = Route("/api/shared", answered(lambda request, body: studio.shared.overview()))
    return [overview, *(route for one in shared.items() for route in _shared(studio, *one))]


def _shared(studio: Studio, address: str, opened: Callable[[Request], SharedFile]) -> list[Route]:
    def check(request: Request, body: dict[str, Any]) -> object:
        project = studio.project
        return opened(request).problems(project, str(body["base"]), list(body["edits"]))

    return [
        Route(address, answered(lambda request, body: opened(request).as_json())),
        Route(f"{address}/check", answered(check), methods=["POST"]),
        *file_routes(address, lambda request: opened(request).file),
    ]


def file_routes(address: str, opened: Opened) -> list[Route]:
    """Return the routes of a file that `opened` opens for a request."""

    def number(request: Request) -> int:
        return int(request.path_params["number"])

    asked: dict[str, Callable[[Request, Any], Any]] = {
        "versions": lambda request, body: opened(request).versions(),
        "version/{number:int}": lambda request, body: opened(request).version(number(request)),
    }
    done: dict[str, Callable[[Request, Any], Any]] = {
        "save": lambda request, body: opened(request).save(
            str(body["base"]),
            list(body["edits"]),
            list(body.get("made") or ()),
            str(body.get("of") or ""),
            int(body.get("unsure") or 0),
        ),
        "undo": lambda request, body: opened(request).undo(),
        "redo": lambda request, body: opened(request).redo(),
        "version/{number:int}/go-back": lambda request, body: opened(request).go_back(
            number(request)
        ),
    }
    return [
        *(Route(f"{address}/{path}", answered(do)) for path, do in asked.items()),
        *(Route(f"{address}/{path}", answered(do), methods=["POST"]) for path, do in done.items()),
    ]
