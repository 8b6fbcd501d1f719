"""Fetches a web page whose address an administrator sends: public addresses only, with limits on size and time."""

from __future__ import annotations

import asyncio
import http.client
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Awaitable, Callable
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from retrieval.models import Record

# bytes of a page or a file: many times the longest article, and little enough to hold in memory
MOST_BYTES: Final = 5 * 2**20
MOST_SECONDS: Final = 20.0
MOST_REDIRECTS: Final = 3
# what a page is stored as, by its Content-Type
SUFFIXES: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
}

ADDRESS: Final = re.compile(r"\s*https?://\S+\s*\Z", re.IGNORECASE)
_NOT_FOR_A_NAME: Final = re.compile(r"[^\w-]+")


class CannotFetch(Exception):
    """A page was not fetched; the message is the key of the page in ``views/texts`` that says why."""


class FetchedPage(Record):
    """A page as it was received: a name for its file, its bytes, and its address after redirects."""

    name: str
    content: bytes
    url: str


FetchPage = Callable[[str], Awaitable[FetchedPage]]
IsPublic = Callable[[str], bool]


def is_address(text: str) -> bool:
    """Whether a text is nothing but an address of the web."""
    return ADDRESS.match(text) is not None


def is_public(ip: str) -> bool:
    """Whether an IP address belongs to the internet, and not to this machine or its networks.

    A link must not make the bot read what only its machine can reach.
    """
    address = ipaddress.ip_address(ip.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not address.is_multicast


def page_fetcher(public: IsPublic = is_public, seconds: float = MOST_SECONDS) -> FetchPage:
    """A function that fetches a page within so many seconds. It raises CannotFetch."""

    async def fetch(address: str) -> FetchedPage:
        try:
            return await asyncio.wait_for(asyncio.to_thread(_fetch, address.strip(), public, seconds), seconds + 1)
        except (OSError, TimeoutError, http.client.HTTPException, ValueError):
            raise CannotFetch("fetch_failed") from None

    return fetch


def _fetch(address: str, public: IsPublic, seconds: float) -> FetchedPage:
    until = time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        parts = urlsplit(address)
        connection = _connection(parts, public, seconds)
        try:
            connection.request("GET", _target(parts), headers={"User-Agent": "Dateline", "Accept": "text/html, text/*"})
            response = connection.getresponse()
            if response.status in {301, 302, 303, 307, 308} and (location := response.headers["Location"]):
                address = urljoin(address, location)
                continue
            return _read_page(address, response, until)
        finally:
            connection.close()
    raise CannotFetch("fetch_failed")


def _connection(parts: SplitResult, public: IsPublic, seconds: float) -> http.client.HTTPConnection:
    """A connection to the host, at an IP address that was checked: its name cannot lead elsewhere afterwards."""
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise CannotFetch("fetch_not_public")
    secure = parts.scheme.lower() == "https"
    port = parts.port or (443 if secure else 80)
    ips = [str(found[4][0]) for found in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)]
    if not ips or not all(public(ip) for ip in ips):
        raise CannotFetch("fetch_not_public")
    stream: socket.socket = socket.create_connection((ips[0], port), timeout=seconds)
    if secure:
        stream = ssl.create_default_context().wrap_socket(stream, server_hostname=parts.hostname)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=seconds)
    connection.sock = stream
    return connection


def _read_page(address: str, response: http.client.HTTPResponse, until: float) -> FetchedPage:
    if response.status != http.client.OK:
        raise CannotFetch("fetch_failed")
    suffix = SUFFIXES.get(response.headers.get_content_type())
    if suffix is None:
        raise CannotFetch("fetch_no_text")
    content = bytearray()
    while chunk := response.read1(2**16):
        content += chunk
        if len(content) > MOST_BYTES:
            raise CannotFetch("add_too_big")
        if time.monotonic() > until:
            raise CannotFetch("fetch_failed")
    return FetchedPage(name=_name(address, suffix), content=bytes(content), url=address)


def _target(parts: SplitResult) -> str:
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


def _name(address: str, suffix: str) -> str:
    """A file name for a page: its host and the last part of its path."""
    parts = urlsplit(address)
    words = f"{parts.hostname}-{PurePosixPath(parts.path).stem}"
    return f"{_NOT_FOR_A_NAME.sub('-', words).strip('-')[:70]}{suffix}"
