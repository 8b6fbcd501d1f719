"""Requests to Telegram: what arrives, what comes back, and what is known of one that failed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.chat.transport.http_client import HttpClient, RequestNotSent

Reply = tuple[int, bytes]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def echo(request: web.Request) -> web.StreamResponse:
    """What a request brought, as JSON."""
    fields = await request.post()
    values = {name: value.file.read() if isinstance(value, web.FileField) else value for name, value in fields.items()}
    return web.json_response({name: str(value) for name, value in values.items()}, status=418)


async def wait_for_long(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(60)
    raise AssertionError("nobody waits so long")


async def cut(request: web.Request) -> web.StreamResponse:
    assert request.transport
    request.transport.abort()
    return web.Response()


def asked(handler: Handler, data: RequestData | None = None, *, read: float = 5.0, times: int = 1) -> list[Reply]:
    """What several requests one after the other bring from a server."""

    async def ask() -> list[Reply]:
        app = web.Application()
        app.router.add_post("/bot", handler)
        runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        client = HttpClient(2, read)
        await client.initialize()
        try:
            address = f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
            return [await client.do_request(address, "POST", data) for _ in range(times)]
        finally:
            await client.shutdown()
            await runner.cleanup()

    return asyncio.run(ask())


def data(**values: object) -> RequestData:
    return RequestData([RequestParameter.from_input(name, value) for name, value in values.items()])


def test_parameters_arrive_and_status_and_body_come_back():
    ((status, body),) = asked(echo, data(chat_id=7, text="Ağrı & <b>"))
    assert (status, body.decode("unicode_escape")) == (418, '{"chat_id": "7", "text": "Ağrı & <b>"}')


def test_a_file_goes_with_its_parameters():
    ((_, body),) = asked(echo, data(chat_id=7, document=InputFile(b"words", filename="a.txt")))
    assert b"'words'" in body or b"b'words'" in body
    assert b'"chat_id": "7"' in body


def test_a_connection_serves_one_request_after_the_other():
    connections: set[object] = set()

    async def counted(request: web.Request) -> web.StreamResponse:
        connections.add(request.transport)
        return web.Response()

    asked(counted, times=3)
    assert len(connections) == 1


def test_no_response_ends_with_a_time_out():
    with pytest.raises(TimedOut):
        asked(wait_for_long, read=0.05)


def test_a_connection_that_breaks_may_have_carried_the_request():
    with pytest.raises(NetworkError) as broken:
        asked(cut)
    assert not isinstance(broken.value, RequestNotSent)


def test_where_nobody_listens_nothing_was_sent():
    async def ask() -> None:
        client = HttpClient(1)
        await client.initialize()
        try:
            await client.do_request("http://127.0.0.1:9/bot-of-a-secret-token", "POST")
        finally:
            await client.shutdown()

    with pytest.raises(RequestNotSent) as refused:
        asyncio.run(ask())
    assert "secret" not in str(refused.value)


def test_a_client_that_is_not_initialized_says_so():
    with pytest.raises(RuntimeError):
        asyncio.run(HttpClient(1).do_request("http://127.0.0.1:9/", "POST"))
