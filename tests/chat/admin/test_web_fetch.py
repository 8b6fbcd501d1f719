"""Pages are fetched from public places only, within bounds of size and time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from bot.chat.admin import web_fetch
from bot.chat.admin.web_fetch import CannotFetch, FetchedPage, is_address, is_public, page_fetcher

PAGE = b"<html><body><p>The ferry reached Dover.</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """A few pages."""

    def do_GET(self) -> None:
        pages: dict[str, Callable[[], None]] = {
            "/news/ferry.html?x=1": lambda: self.say(200, "text/html; charset=utf-8", PAGE),
            "/moved": lambda: self.say(302, "text/html", b"", "/news/ferry.html?x=1"),
            "/inwards": lambda: self.say(302, "text/html", b"", f"http://127.0.0.2:{self.server.server_port}/"),
            "/round": lambda: self.say(302, "text/html", b"", "/round"),
            "/file": lambda: self.say(302, "text/html", b"", "file:///etc/passwd"),
            "/photo": lambda: self.say(200, "image/png", b"x"),
            "/long": lambda: self.say(200, "text/plain", b"x" * 3_000),
            "/slow": lambda: time.sleep(3),
        }
        pages.get(self.path, lambda: self.say(404, "text/html", b"gone"))()

    def say(self, status: int, kind: str, content: bytes, onward: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if onward:
            self.send_header("Location", onward)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def fetched(address: str, seconds: float = 5.0) -> FetchedPage:
    return asyncio.run(page_fetcher(public=lambda ip: ip == "127.0.0.1", seconds=seconds)(address))


def test_a_page_comes_as_it_is_also_from_where_it_has_moved(site: str) -> None:
    for address in (f"{site}/news/ferry.html?x=1", f"{site}/moved"):
        page = fetched(address)
        assert (page.content, page.url) == (PAGE, f"{site}/news/ferry.html?x=1")
        assert page.name == "127-0-0-1-ferry.html"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/gone", "fetch_failed"),
        ("/round", "fetch_failed"),
        ("/photo", "fetch_no_text"),
        ("/inwards", "fetch_not_public"),
        ("/file", "fetch_not_public"),
    ],
)
def test_what_is_no_page_to_read_is_refused(site: str, path: str, why: str) -> None:
    with pytest.raises(CannotFetch, match=why):
        fetched(site + path)


def test_a_page_is_read_no_longer_than_allowed(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_fetch, "MOST_BYTES", 2_000)
    with pytest.raises(CannotFetch, match="add_too_big"):
        fetched(f"{site}/long")
    with pytest.raises(CannotFetch, match="fetch_failed"):
        fetched(f"{site}/slow", seconds=0.2)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0"])
def test_this_machine_is_never_asked(host: str) -> None:
    with pytest.raises(CannotFetch, match="fetch_not_public"):
        asyncio.run(page_fetcher()(f"http://{host}:1/"))


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
    ],
)
def test_public_places(ip: str, public: bool) -> None:
    assert is_public(ip) is public


@pytest.mark.parametrize(
    ("text", "found"),
    [("https://news.example/a?b=c", True), (" HTTP://x ", True), ("see https://x", False), ("https://x or so", False)],
)
def test_an_address_is_the_whole_text(text: str, found: bool) -> None:
    assert is_address(text) is found
