"""The studio over HTTP: its page, what the page asks for, and its live connection."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from hrcpub.problems import HrcpubError
from hrcpub.studio.answers import Endpoint, answered, reply
from hrcpub.studio.design_routes import design_routes
from hrcpub.studio.errands import Errands
from hrcpub.studio.file_routes import piece_routes, shared_routes
from hrcpub.studio.guard import Guard
from hrcpub.studio.live import LiveWindow
from hrcpub.studio.logos import logo_facts, logo_picture
from hrcpub.studio.pictures import LARGEST_UPLOAD, preview
from hrcpub.studio.printing import PrintRoom
from hrcpub.studio.renderer import Renderer
from hrcpub.studio.returning import Returning
from hrcpub.studio.sending_routes import sending_routes
from hrcpub.studio.studio import BringFonts, Studio

PAGE = Path(__file__).parent / "page"


def app(
    root: Path,
    key: str,
    port: int,
    renderer: Renderer | None = None,
    room: PrintRoom | None = None,
    fonts: BringFonts | None = None,
    secret: str = "",
) -> Guard:
    """Return the studio of the project in `root`, for a server at 127.0.0.1 and `port`.

    By the `secret` its windows know it when it is started again; "" is one for this time.
    `renderer` and `room`, which sees to printers, are others in tests. `fonts` brings the fonts of
    a language that came with hrcpub.
    """
    studio = Studio(root, fonts)
    secret = secret or secrets.token_urlsafe(32)
    returning = Returning(secret, port)
    errands = Errands(studio.project.sources.root)
    making = renderer or Renderer(str(studio.project.sources.root))

    async def live(socket: WebSocket) -> None:
        await LiveWindow(socket, studio, making).live()

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        making.end()
        errands.end()
        studio.history.close()

    routes = [
        Route("/", lambda request: FileResponse(PAGE / "index.html")),
        Route("/api/secret", lambda request: JSONResponse({"secret": secret, "of": returning.of})),
        Route("/api/project", answered(_listed(studio, making))),
        Route("/api/new", answered(_created(studio)), methods=["POST"]),
        Route("/api/pictures", _uploaded(studio), methods=["POST"]),
        Route("/api/picture", _pictured(studio)),
        Route("/api/logo", answered(_of_logo(studio))),
        Route("/api/logo/picture", _drawn_logo(studio)),
        Route("/api/fonts", answered(_brought(studio)), methods=["POST"]),
        *piece_routes(studio),
        *shared_routes(studio),
        *design_routes(studio),
        *sending_routes(studio, errands, room),
        WebSocketRoute("/api/live", live),
        Mount("/", StaticFiles(directory=PAGE)),
    ]
    return Guard(Starlette(routes=routes, lifespan=lifespan), key, port, returning)


def _listed(studio: Studio, making: Renderer) -> Callable[[Request, Any], Any]:
    """Return what lists the pieces; while they are read by people, a worker makes itself ready."""

    def listed(request: Request, body: object) -> dict[str, Any]:
        overview = studio.overview()
        making.warm()
        return overview

    return listed


def _created(studio: Studio) -> Callable[[Request, Any], Any]:
    return lambda request, body: studio.create(
        str(body["layout"]), str(body["name"]), str(body.get("title") or "")
    )


def _brought(studio: Studio) -> Callable[[Request, Any], Any]:
    return lambda request, body: studio.bring_fonts(str(body["language"]))


def _uploaded(studio: Studio) -> Endpoint:
    """Return the endpoint that takes a picture: its bytes alone, its name in the address."""

    async def endpoint(request: Request) -> Response:
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST_UPLOAD:
            return JSONResponse({"why": "the picture is too large"}, status_code=413)
        data, asked = await request.body(), request.query_params
        name, use = asked.get("name", "picture"), asked.get("use", "")
        return reply(lambda: studio.add_picture(name, data, use))

    return endpoint


def _pictured(studio: Studio) -> Endpoint:
    """Return the endpoint that shows a small copy of a picture of the project."""

    async def endpoint(request: Request) -> Response:
        file = request.query_params.get("file", "")
        try:
            data = preview(studio.project.sources.recording(), file)
        except HrcpubError as error:
            return JSONResponse({"why": error.problems[0].message}, status_code=404)
        return Response(data, media_type="image/png")

    return endpoint


def _of_logo(studio: Studio) -> Callable[[Request, Any], Any]:
    """Return what tells how a logo's file is: mistakes in it are answered as Problems."""

    def told(request: Request, body: object) -> dict[str, Any]:
        return logo_facts(studio.project.sources.recording(), *_logo(request))

    return told


def _drawn_logo(studio: Studio) -> Endpoint:
    """Return the endpoint that shows a logo as it is printed.

    An SVG may hold more than a drawing. Opened by itself, it can do nothing.
    """

    async def endpoint(request: Request) -> Response:
        try:
            shown = logo_picture(studio.project.sources.recording(), *_logo(request))
        except HrcpubError as error:
            return JSONResponse({"why": error.problems[0].message}, status_code=404)
        alone = {"content-security-policy": "default-src 'none'; sandbox"}
        return Response(shown.data, media_type=shown.kind, headers=alone)

    return endpoint


def _logo(request: Request) -> tuple[str, bool]:
    asked = request.query_params
    return asked.get("file", ""), asked.get("use") == "reversed"
