"""A page of the web for an administrator who sends its address: public addresses only, and never much or for long."""

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
_UNFIT: Final = re.compile(r"[^\w-]+")


class CannotFetch(Exception):
    """A page was not fetched; the message is a key of the catalogue that says why."""


class FetchedPage(Record):
    """A page as it came: a name for its file, its bytes, and the address where it was found in the end."""

    name: str
    content: bytes
    url: str


Fetch = Callable[[str], Awaitable[FetchedPage]]
Public = Callable[[str], bool]


def is_address(text: str) -> bool:
    """Whether a text is nothing but an address of the web."""
    return ADDRESS.match(text) is not None


def is_public(ip: str) -> bool:
    """Whether an IP address belongs to the internet, and not to this machine or its networks."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not address.is_multicast


def fetching(public: Public = is_public, seconds: float = MOST_SECONDS) -> Fetch:
    """What fetches a page. Raises CannotFetch."""

    async def fetch(address: str) -> FetchedPage:
        try:
            return await asyncio.wait_for(asyncio.to_thread(_fetched, address.strip(), public, seconds), seconds + 1)
        except (OSError, TimeoutError, http.client.HTTPException, ValueError):
            raise CannotFetch("fetch_failed") from None

    return fetch


def _fetched(address: str, public: Public, seconds: float) -> FetchedPage:
    until = time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        parts = urlsplit(address)
        connection = _connection(parts, public, seconds)
        try:
            connection.request("GET", _target(parts), headers={"User-Agent": "Dateline", "Accept": "text/html, text/*"})
            response = connection.getresponse()
            if response.status in {301, 302, 303, 307, 308} and (onward := response.headers["Location"]):
                address = urljoin(address, onward)
                continue
            return _page(address, response, until)
        finally:
            connection.close()
    raise CannotFetch("fetch_failed")


def _connection(parts: SplitResult, public: Public, seconds: float) -> http.client.HTTPConnection:
    """A line to the host, at an IP address that was looked at: a name cannot lead elsewhere afterwards."""
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise CannotFetch("fetch_not_public")
    secure = parts.scheme.lower() == "https"
    port = parts.port or (443 if secure else 80)
    ips = [str(found[4][0]) for found in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)]
    if not ips or not all(public(ip) for ip in ips):
        raise CannotFetch("fetch_not_public")
    line = socket.create_connection((ips[0], port), timeout=seconds)
    if secure:
        line = ssl.create_default_context().wrap_socket(line, server_hostname=parts.hostname)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=seconds)
    connection.sock = line
    return connection


def _page(address: str, response: http.client.HTTPResponse, until: float) -> FetchedPage:
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
    return f"{_UNFIT.sub('-', words).strip('-')[:70]}{suffix}"
