"""The lines to Telegram: connections that are kept open, at a third of the work of the library's own client."""

from __future__ import annotations

from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

# seconds to reach Telegram, for one of our lines to be free, and that Telegram may keep silent
CONNECT, FREE, READ = 10.0, 30.0, 20.0


class RequestNotSent(NetworkError):
    """Telegram could not be reached, so it has certainly not heard the request."""


class HttpClient(BaseRequest):
    """At most so many connections to Telegram, through the environment's proxy where it names one.

    A request may bring its own ``read_timeout``; the other limits of time are the same for all.
    """

    def __init__(self, most: int, read: float = READ) -> None:
        self._most = most
        self._read = read
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that Telegram may keep silent."""
        return self._read

    async def initialize(self) -> None:
        """Prepare for requests; none is made yet."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._most),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=True,
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0913, PLR0917  the library's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and body of Telegram's reply.

        Raises Unsent where it was not reached, TimedOut where it kept silent, NetworkError where the line broke.
        """
        if self._session is None:
            raise RuntimeError("the lines to Telegram are not open")
        silent = self._read if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        limits = aiohttp.ClientTimeout(total=None, connect=CONNECT + FREE, sock_connect=CONNECT, sock_read=silent)
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=limits) as reply:
                return reply.status, await reply.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise RequestNotSent(f"no connection ({type(error).__name__})") from error
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"the line broke ({type(error).__name__})") from error


def _body(data: RequestData | None) -> dict[str, str] | aiohttp.FormData | None:
    """The parameters of a request, and the files that go with them."""
    if data is None or not data.contains_files:
        return data.json_parameters if data else None
    form = aiohttp.FormData(data.json_parameters)
    for field, (name, content, kind) in data.multipart_data.items():
        form.add_field(field, content, filename=name, content_type=kind)
    return form
