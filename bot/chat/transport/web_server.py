"""A small HTTP server for the webhook, health and metrics, behind a proxy that ends TLS."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web
from aiohttp.hdrs import SERVER

log = logging.getLogger(__name__)

PLAIN: Final = "text/plain; charset=utf-8"
JSON: Final = "application/json"
# bytes of a request; an update is a few thousand
MOST_BYTES: Final = 2**20
# seconds that a client may take to send a body: the proxy before us has all of it (nginx, Caddy: buffering)
BODY_SECONDS: Final = 30.0
# seconds that a connection may be idle: longer than a proxy keeps its own (nginx: 60, Caddy: 120), which else would
# use one that we have just closed
IDLE_SECONDS: Final = 150.0
# seconds that requests in progress may take to end when the server closes
CLOSING_SECONDS: Final = 5.0


class CannotListen(Exception):
    """An address cannot be listened on; the message says which and why."""


@dataclass(frozen=True)
class HttpRequest:
    """A request: its headers, whose names are in any case, and its body."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class HttpResponse:
    """The response to a request."""

    status: int = 200
    body: str = ""
    type: str = PLAIN


Responder = Callable[[HttpRequest], Awaitable[HttpResponse]]
# an HTTP method and a path; HEAD is answered as GET, without the body
Route = tuple[str, str]


class WebServer:
    """Responds to requests for a few paths; every other path and method gets 404."""

    def __init__(self, routes: Mapping[Route, Responder]) -> None:
        self._routes = routes
        application = web.Application(client_max_size=MOST_BYTES)
        application.router.add_route("*", "/{path:.*}", self._respond)
        application.on_response_prepare.append(_without_server_name)
        self._runner = web.AppRunner(
            application,
            access_log=None,  # it would show paths, which may hold the token
            auto_decompress=False,
            keepalive_timeout=IDLE_SECONDS,
            shutdown_timeout=CLOSING_SECONDS,
        )

    async def listen(self, address: str, port: int) -> None:
        """Begin to respond. Raises CannotListen."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, address, port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise CannotListen(f"{address}:{port} cannot be listened on: {_reason(error).lower()}") from error

    async def close(self) -> None:
        """Take no more requests, and let those in progress end."""
        await self._runner.cleanup()

    async def _respond(self, request: web.Request) -> web.Response:
        responder = self._routes.get(("GET" if request.method == "HEAD" else request.method, request.path))
        if responder is None:
            response = HttpResponse(404, "not found\n")
        else:
            response = await _response(responder, request)
        return web.Response(
            status=response.status, body=response.body.encode(), headers={"Content-Type": response.type}
        )


async def _response(responder: Responder, request: web.Request) -> HttpResponse:
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await request.read()
    except TimeoutError:
        return HttpResponse(408, "the body took too long\n")
    except (ConnectionError, web.RequestPayloadError):
        return HttpResponse(400, "the body broke off\n")
    try:
        return await responder(HttpRequest(headers=request.headers, body=body))
    except Exception:
        log.exception("A request for %s could not be answered", request.path)
        return HttpResponse(500, "failed\n")


async def _without_server_name(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.pop(SERVER, None)


def _reason(error: OSError) -> str:
    """Why an address cannot be listened on, without the address, which asyncio puts into its own message."""
    if isinstance(error, socket.gaierror) or not error.errno:
        return error.strerror or str(error)
    return os.strerror(error.errno)
