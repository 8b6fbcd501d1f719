"""Updates that Telegram sends to a webhook (https://core.telegram.org/bots/api#setwebhook)."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Sequence
from hmac import compare_digest
from itertools import chain, repeat
from typing import Final
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.chat.transport.cancellation import pause
from bot.chat.transport.update_queue import TransportReports, UpdateQueue
from bot.chat.transport.web_server import HttpRequest, HttpResponse, WebServer
from bot.chat.types import ChatSettings
from retrieval.errors import StoreError
from retrieval.models import Record

log = logging.getLogger(__name__)

TOKEN_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
# connections that Telegram may open at the same time: its own default
MOST_CONNECTIONS: Final = 40
# seconds between two checks of what Telegram says of the webhook, and between attempts to set it
CHECK_SECONDS: Final = 30.0
DELAYS: Final = (1.0, 2.0, 4.0, 8.0, 15.0)


class WebhookAddress(Record):
    """Where Telegram sends updates, where the bot listens for them, and the token that proves who sent them."""

    url: str
    listen: str
    port: int
    path: str
    secret: str

    @classmethod
    def of(cls, settings: ChatSettings) -> WebhookAddress | None:
        """The address in the settings, None without one; a URL without a path gets the path that is listened on."""
        if settings.webhook_url is None:
            return None
        given = urlsplit(settings.webhook_url).path
        secret = settings.webhook_secret
        return cls(
            url=settings.webhook_url if given else f"{settings.webhook_url}{settings.webhook_path or '/'}",
            listen=settings.webhook_listen,
            port=settings.webhook_port,
            path=settings.webhook_path or given or "/",
            secret=secret.get_secret_value() if secret else secrets.token_urlsafe(32),
        )


class Webhook:
    """Listens until the bot stops, and sets the webhook again where somebody changed it."""

    def __init__(
        self, bot: Bot, queue: UpdateQueue, kinds: Sequence[str], reports: TransportReports, address: WebhookAddress
    ) -> None:
        self._bot = bot
        self._queue = queue
        self._kinds = kinds
        self._reports = reports
        self._address = address

    async def run(self, stopping: asyncio.Event) -> None:
        """Take updates until ``stopping``; the webhook stays set, so that Telegram keeps what comes meanwhile.

        Raises CannotListen, and InvalidToken when the token is withdrawn.
        """
        server = WebServer({("POST", self._address.path): self.receive})
        await server.listen(self._address.listen, self._address.port)
        try:
            await self._set(stopping)
            while not stopping.is_set():
                await pause(stopping, CHECK_SECONDS)
                await self._check()
        finally:
            await server.close()

    async def receive(self, request: HttpRequest) -> HttpResponse:
        """Take an update; what cannot be written down now is refused, and Telegram sends it again."""
        if not compare_digest(request.headers.get(TOKEN_HEADER, "").encode(), self._address.secret.encode()):
            return HttpResponse(403, "wrong secret token\n")
        try:
            update = json.loads(request.body)
            int(update["update_id"])
        except (ValueError, KeyError, TypeError):
            return HttpResponse(400, "not an update\n")
        try:
            await self._queue.wait_for_capacity()
            await self._queue.receive([update])
        except StoreError as error:
            self._reports.failure(error)
            return HttpResponse(503, "cannot be written down\n")
        self._reports.contact()
        return HttpResponse()

    async def _set(self, stopping: asyncio.Event) -> None:
        for delay in chain(DELAYS, repeat(DELAYS[-1])):
            if stopping.is_set() or await self._try_to_set():
                return
            await pause(stopping, delay)

    async def _try_to_set(self) -> bool:
        address = self._address
        try:
            await self._bot.set_webhook(
                address.url,
                allowed_updates=self._kinds,
                secret_token=address.secret,
                max_connections=MOST_CONNECTIONS,
            )
        except InvalidToken:
            raise
        except TelegramError as error:
            self._reports.failure(error)
            return False
        log.info("Telegram sends updates to %s", address.url)
        self._reports.contact()
        return True

    async def _check(self) -> None:
        """Check that Telegram still sends updates here and reaches us; the webhook is set again where it does not."""
        try:
            found = await self._bot.get_webhook_info()
        except InvalidToken:
            raise
        except TelegramError as error:
            self._reports.failure(error)
            return
        if found.url != self._address.url:
            log.warning("The webhook was changed to %r; it is set again", found.url)
            await self._try_to_set()
        elif found.pending_update_count == 0 or found.last_error_date is None:
            self._reports.contact()
        else:
            log.warning("Telegram does not reach the webhook: %s", found.last_error_message)
        await self._queue.retry_postponed()
