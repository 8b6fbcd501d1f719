"""The server responds on its few paths, and neither large nor slow nor broken requests hold it up."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.chat.transport import web_server
from bot.chat.transport.web_server import JSON, MOST_BYTES, CannotListen, HttpRequest, HttpResponse, WebServer


async def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse(200, '{"status":"ok"}\n', JSON)


async def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(200, f"{request.headers.get('x-SECRET')} {len(request.body)}")


async def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("of something inside")


ROUTES = {("GET", "/healthz"): health, ("POST", "/hook"): echo, ("GET", "/fail"): fail}


class Client:
    """Bytes to and from a server, so that a request may be as slow and as wrong as it likes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def response(self, *, with_body: bool = True) -> tuple[int, str, str]:
        """Status, headers and body of the next response."""
        head = (await asyncio.wait_for(self._reader.readuntil(b"\r\n\r\n"), 5)).decode()
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        body = await self._reader.readexactly(int(length[1])) if length and with_body else b""
        return int(head.split()[1]), head, body.decode()

    async def is_closed(self) -> bool:
        """Whether the server has closed the connection within five seconds."""
        return await asyncio.wait_for(self._reader.read(), 5) == b""

    def close(self) -> None:
        self._writer.close()


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[WebServer, Client]]:
    server, port = WebServer(ROUTES), free_port()
    await server.listen("127.0.0.1", port)
    client = Client(*await asyncio.open_connection("127.0.0.1", port))
    try:
        yield server, client
    finally:
        client.close()
        await server.close()


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def with_client(story: Callable[[Client], Awaitable[None]]) -> None:
    async def run() -> None:
        async with connected() as (_, client):
            await story(client)

    asyncio.run(run())


def get(path: str, method: str = "GET") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def post(body: bytes, *, length: int | None = None) -> bytes:
    length = len(body) if length is None else length
    return b"POST /hook HTTP/1.1\r\nHost: x\r\nX-Secret: hush\r\nContent-Length: %d\r\n\r\n" % length + body


def test_one_connection_gets_several_responses_with_type_and_body_and_no_name_of_a_server():
    async def story(client: Client) -> None:
        for _ in range(2):
            await client.send(get("/healthz"))
            status, head, body = await client.response()
            assert (status, body) == (200, '{"status":"ok"}\n')
            assert "Content-Type: application/json\r\n" in head and "server:" not in head.lower()
        await client.send(post(b"x" * 1000))
        assert (await client.response())[::2] == (200, "hush 1000")

    with_client(story)


def test_head_has_status_and_length_of_get_without_the_body():
    async def story(client: Client) -> None:
        await client.send(get("/healthz", "HEAD") + get("/nothing", "HEAD"))
        status, head, _ = await client.response(with_body=False)
        assert status == 200 and "Content-Length: 16\r\n" in head
        assert (await client.response(with_body=False))[0] == 404

    with_client(story)


@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("GET", "/hook"), ("POST", "/healthz"), ("PUT", "/hook")])
def test_every_other_path_and_method_is_not_found(method, path):
    async def story(client: Client) -> None:
        await client.send(get(path, method))
        assert (await client.response())[::2] == (404, "not found\n")

    with_client(story)


def test_what_fails_inside_is_logged_and_not_shown(caplog):
    async def story(client: Client) -> None:
        await client.send(get("/fail"))
        assert (await client.response())[::2] == (500, "failed\n")

    with_client(story)
    assert "A request for /fail could not be answered" in caplog.text and "of something inside" in caplog.text


@pytest.mark.parametrize(("size", "status"), [(MOST_BYTES, 200), (MOST_BYTES + 1, 413)])
def test_a_body_may_have_so_many_bytes(size, status):
    async def story(client: Client) -> None:
        await client.send(post(b"x" * size))
        assert (await client.response())[0] == status

    with_client(story)


def test_a_body_that_is_announced_larger_is_refused_when_that_much_has_come():
    async def story(client: Client) -> None:
        await client.send(post(b"x" * (MOST_BYTES + 1), length=10 * MOST_BYTES))
        assert (await client.response())[0] == 413

    with_client(story)


def test_a_client_that_sends_its_body_too_slowly_is_refused_and_holds_up_no_other(monkeypatch):
    monkeypatch.setattr(web_server, "BODY_SECONDS", 0.2)

    async def run() -> None:
        async with connected() as (_, slow):
            await slow.send(post(b"x", length=100))
            port = slow._writer.get_extra_info("peername")[1]
            other = Client(*await asyncio.open_connection("127.0.0.1", port))
            await other.send(get("/healthz"))
            assert (await other.response())[0] == 200
            other.close()
            assert (await slow.response())[::2] == (408, "the body took too long\n")

    asyncio.run(run())


@pytest.mark.parametrize("sent", [b"", b"GET /heal", get("/healthz")])
def test_an_idle_connection_is_closed(monkeypatch, sent):
    monkeypatch.setattr(web_server, "IDLE_SECONDS", 0.2)

    async def story(client: Client) -> None:
        await client.send(sent)
        if sent.endswith(b"\r\n\r\n"):
            await client.response()
        assert await client.is_closed()

    with_client(story)


def test_what_is_no_http_is_refused():
    async def story(client: Client) -> None:
        await client.send(b"\x16\x03\x01 hello\r\n\r\n")
        assert (await client.response())[0] == 400

    with_client(story)


def test_a_body_that_breaks_off_is_no_error_of_ours(caplog):
    async def story(client: Client) -> None:
        await client.send(b"POST /hook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nno length\r\n\r\n")
        assert (await client.response())[0] == 400

    async def gone(client: Client) -> None:
        await client.send(post(b"x", length=10))
        client.close()
        await asyncio.sleep(0.1)

    with_client(story)
    with_client(gone)
    # what aiohttp itself writes of a malformed request is suppressed by ``log_config.configure``
    assert [record for record in caplog.records if record.name.startswith("bot.")] == []
    assert "ConnectionResetError" not in caplog.text


def test_closing_lets_a_request_in_progress_end():
    async def run() -> None:
        begun, gate = asyncio.Event(), asyncio.Event()

        async def wait(request: HttpRequest) -> HttpResponse:
            begun.set()
            await gate.wait()
            return HttpResponse(200, "done")

        server, port = WebServer({("GET", "/"): wait}), free_port()
        await server.listen("127.0.0.1", port)
        client = Client(*await asyncio.open_connection("127.0.0.1", port))
        await client.send(get("/"))
        await begun.wait()
        closing = asyncio.create_task(server.close())
        await asyncio.sleep(0.05)
        with pytest.raises(OSError, match=r"refused|reset|Connect call failed"):
            await asyncio.open_connection("127.0.0.1", port)
        gate.set()
        assert (await client.response())[::2] == (200, "done")
        await asyncio.wait_for(closing, 5)

    asyncio.run(run())


def test_a_port_that_is_taken_is_named():
    async def run() -> None:
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            held.listen()
            with pytest.raises(CannotListen, match=r"^127\.0\.0\.1:\d+ cannot be listened on: address already in use$"):
                await WebServer({}).listen("127.0.0.1", held.getsockname()[1])

    asyncio.run(run())


def test_an_address_of_another_machine_is_named():
    with pytest.raises(CannotListen, match=r"192\.0\.2\.1:8080 cannot be listened on: cannot assign requested address"):
        asyncio.run(WebServer({}).listen("192.0.2.1", 8080))
