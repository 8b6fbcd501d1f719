"""HTTP client for the Bot API with connections that are kept open.

It takes a quarter of the CPU time of PTB's own ``HTTPXRequest``; the package says how that was measured.
"""

from __future__ import annotations

from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

# seconds to reach Telegram, to wait for one of our connections to be free, and for Telegram to respond
CONNECT_SECONDS: float = 10.0
FREE_SECONDS: float = 30.0
READ_SECONDS: float = 20.0


class RequestNotSent(NetworkError):
    """Telegram could not be reached, so it has certainly not received the request."""


class HttpClient(BaseRequest):
    """Keeps at most ``connections`` open to Telegram, through the environment's proxy where it names one.

    A request may bring its own ``read_timeout``, in seconds; the other limits of time are the same for all.
    """

    def __init__(self, connections: int, read_timeout: float = READ_SECONDS) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that Telegram may take to respond."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Prepare for requests; no connection is made yet."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
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
        """The status and body of Telegram's response.

        Raises RequestNotSent where it was not reached, TimedOut where it did not respond in time, and NetworkError
        where the connection broke.
        """
        if self._session is None:
            raise RuntimeError("the HTTP client is not initialized")
        seconds = self._read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        limits = aiohttp.ClientTimeout(
            total=None, connect=CONNECT_SECONDS + FREE_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=seconds
        )
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=limits) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise RequestNotSent(f"no connection ({type(error).__name__})") from error
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"the connection broke ({type(error).__name__})") from error


def _body(data: RequestData | None) -> dict[str, str] | aiohttp.FormData | None:
    """The parameters of a request, and the files that go with them."""
    if data is None or not data.contains_files:
        return data.json_parameters if data else None
    form = aiohttp.FormData(data.json_parameters)
    for field, (name, content, kind) in data.multipart_data.items():
        form.add_field(field, content, filename=name, content_type=kind)
    return form
