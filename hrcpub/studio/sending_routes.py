"""The routes of what is done with a finished piece: compare, approve, print, send; and events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from hrcpub.build.approving import line_of, withdraw
from hrcpub.files.sources import Sources
from hrcpub.studio.answers import Endpoint, answered, answered_later
from hrcpub.studio.comparing import ApproveErrand, Comparisons, approval_json
from hrcpub.studio.errands import Errands
from hrcpub.studio.events import EventsErrand
from hrcpub.studio.interface_words import languages, words_in
from hrcpub.studio.printing import PrintDesk, PrintRoom, ThisComputer
from hrcpub.studio.sending import BuildErrand, made_file, pack_errand, packed_file, shops
from hrcpub.studio.studio import Studio

PIECE = "/api/piece/{name}"


def sending_routes(studio: Studio, errands: Errands, room: PrintRoom | None = None) -> list[Route]:
    """Return all of them; `room` is another than this computer's printers in tests."""
    return [
        *_compare_routes(studio, errands),
        *_approve_routes(studio, errands),
        *_print_routes(studio, errands, PrintDesk(errands, room or ThisComputer())),
        *_shop_routes(studio, errands),
        Route("/api/events", answered_later(lambda request, body: errands.run(EventsErrand()))),
        Route("/api/languages", answered(lambda request, body: list(languages()))),
        Route(
            "/api/words/{language}",
            answered(lambda request, body: words_in(request.path_params["language"])),
        ),
    ]


def _name(request: Request) -> str:
    return str(request.path_params["name"])


def _number(request: Request) -> int:
    return int(request.path_params["number"])


def _compare_routes(studio: Studio, errands: Errands) -> list[Route]:
    comparisons = Comparisons(studio, errands)

    async def picture(request: Request) -> Response:
        page, side = int(request.path_params["page"]), str(request.path_params["side"])
        try:
            data = comparisons.picture(_number(request), page, side)
        except KeyError:
            return JSONResponse({"why": "compare again"}, status_code=404)
        return Response(data, media_type="image/png")

    return [
        Route(
            f"{PIECE}/compare", answered(lambda request, body: comparisons.choices(_name(request)))
        ),
        Route(
            f"{PIECE}/compare",
            answered_later(lambda request, body: comparisons.compare(_name(request), body)),
            methods=["POST"],
        ),
        Route("/api/compared/{number:int}/{page:int}/{side}", picture),
    ]


def _approve_routes(studio: Studio, errands: Errands) -> list[Route]:
    root = studio.project.sources.root

    async def states(request: Request, body: object) -> Any:  # noqa: ANN401  plain values
        # Beside the pages that are typed: many approved files are looked for.
        return await asyncio.to_thread(lambda: approval_json(Sources(root)))

    async def approve(request: Request, body: Any) -> Any:  # noqa: ANN401  JSON
        name = _name(request)
        studio.path(name)
        by, note = line_of(str(body["by"])), str(body.get("note") or "")
        await errands.run(ApproveErrand(name, by, line_of(note) if note.strip() else None))
        return (await states(request, body)).get(name)

    async def take_back(request: Request, body: object) -> None:
        withdraw(Sources(root), (_name(request),))

    return [
        Route("/api/approvals", answered_later(states)),
        Route(f"{PIECE}/approve", answered_later(approve), methods=["POST"]),
        Route(f"{PIECE}/withdraw", answered_later(take_back), methods=["POST"]),
    ]


def _print_routes(studio: Studio, errands: Errands, desk: PrintDesk) -> list[Route]:
    root = studio.project.sources.root

    async def queues(request: Request, body: object) -> Any:  # noqa: ANN401  plain values
        return await asyncio.to_thread(desk.queues)

    async def office(request: Request, body: object) -> Any:  # noqa: ANN401  plain values
        studio.path(_name(request))
        return await errands.run(BuildErrand(_name(request), "office"))

    runs: dict[str, Callable[[Request, Any], Any]] = {
        "begin": lambda request, body: desk.begin(
            _number(request), is_proof=bool(body.get("proof"))
        ),
        "go-on": lambda request, body: desk.go_on(_number(request)),
        "stop": lambda request, body: desk.stop(_number(request)),
    }
    run = "/api/printing/{number:int}"
    return [
        Route("/api/queues", answered_later(queues)),
        Route(f"{PIECE}/office", answered_later(office), methods=["POST"]),
        Route(
            "/api/made/{edition}/{name}.pdf",
            _sent(
                lambda request: made_file(root, str(request.path_params["edition"]), _name(request))
            ),
        ),
        Route(
            f"{PIECE}/print",
            answered_later(lambda request, body: desk.plan(_name(request), body)),
            methods=["POST"],
        ),
        Route(run, answered(lambda request, body: desk.state(_number(request)))),
        *(Route(f"{run}/{do}", answered(what), methods=["POST"]) for do, what in runs.items()),
    ]


def _shop_routes(studio: Studio, errands: Errands) -> list[Route]:
    root = studio.project.sources.root

    async def pack(request: Request, body: Any) -> Any:  # noqa: ANN401  JSON
        studio.path(_name(request))
        return await errands.run(pack_errand(_name(request), body))

    return [
        Route("/api/shops", answered(lambda request, body: shops(Sources(root)))),
        Route(f"{PIECE}/pack", answered_later(pack), methods=["POST"]),
        Route("/api/shop/{name}", _sent(lambda request: packed_file(root, _name(request)))),
    ]


def _sent(find: Callable[[Request], Path]) -> Endpoint:
    """Return the endpoint that hands a file over, to be kept by who asked for it."""

    async def endpoint(request: Request) -> Response:
        try:
            path = find(request)
        except KeyError as error:
            return JSONResponse({"why": f"there is no {error}"}, status_code=404)
        return FileResponse(path, filename=path.name)

    return endpoint
