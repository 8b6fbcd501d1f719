"""A small web server for a webhook, for health and for metrics; the door to tornado."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

log = logging.getLogger(__name__)

PLAIN = "text/plain; charset=utf-8"
JSON = "application/json"
# bytes of a request; an update is a few thousand
MOST_BYTES = 2**20


class CannotListen(Exception):
    """An address cannot be listened on; the message says which and why."""


@dataclass(frozen=True)
class HttpRequest:
    """A request: its headers, whose names are in any case, and its body."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class HttpResponse:
    """The answer to a request."""

    status: int = 200
    body: str = ""
    type: str = PLAIN


Responder = Callable[[HttpRequest], Awaitable[HttpResponse]]
# an HTTP method and a path
Route = tuple[str, str]


class WebServer:
    """Answers requests for a few paths; everything else is not found."""

    def __init__(self, routes: Mapping[Route, Responder]) -> None:
        application = Application([(r".*", _Handler, {"routes": routes})], log_function=lambda handler: None)
        self._server = HTTPServer(application, max_buffer_size=MOST_BYTES, max_body_size=MOST_BYTES)

    def listen(self, address: str, port: int) -> None:
        """Begin to answer. Raises CannotListen."""
        try:
            self._server.listen(port, address=address)
        except OSError as error:
            raise CannotListen(
                f"{address}:{port} cannot be listened on: {(error.strerror or str(error)).lower()}"
            ) from error

    async def close(self) -> None:
        """Take no more requests, and finish those that have begun."""
        self._server.stop()
        await self._server.close_all_connections()


class _Handler(RequestHandler):
    def initialize(self, routes: Mapping[Route, Responder]) -> None:
        self._routes = routes

    def set_default_headers(self) -> None:
        self.clear_header("Server")

    async def get(self) -> None:
        await self._answer()

    async def post(self) -> None:
        await self._answer()

    def log_exception(self, typ: object, value: object, tb: object) -> None:
        """Leave it to the log of ``_answer``: tornado's would show the address."""

    async def _answer(self) -> None:
        answer = self._routes.get((self.request.method or "", self.request.path))
        told = await self._told(answer) if answer else HttpResponse(404, "not found\n")
        self.set_status(told.status)
        self.set_header("Content-Type", told.type)
        self.write(told.body)

    async def _told(self, answer: Responder) -> HttpResponse:
        try:
            return await answer(HttpRequest(headers=self.request.headers, body=self.request.body))
        except Exception:
            log.exception("A request for %s could not be answered", self.request.path)
            return HttpResponse(500, "failed\n")
