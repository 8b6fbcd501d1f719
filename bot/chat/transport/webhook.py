"""Updates that Telegram sends by itself (https://core.telegram.org/bots/api#setwebhook)."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Sequence
from hmac import compare_digest
from itertools import chain, repeat
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

TOKEN_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
MOST_CONNECTIONS = 40
# seconds between two looks at what Telegram thinks of the webhook, and between attempts to set it
BETWEEN_LOOKS = 30.0
DELAYS = (1.0, 2.0, 4.0, 8.0, 15.0)


class WebhookAddress(Record):
    """Where Telegram sends updates, where they are listened for, and the token that proves whose they are."""

    url: str
    listen: str
    port: int
    path: str
    secret: str

    @classmethod
    def of(cls, settings: ChatSettings) -> WebhookAddress | None:
        """The address that is set; without a path in the URL the path that is listened on is part of it."""
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
    """Listens until the bot stops, and sets the webhook anew where somebody took it away."""

    def __init__(
        self, bot: Bot, intake: UpdateQueue, kinds: Sequence[str], reports: TransportReports, address: WebhookAddress
    ) -> None:
        self._bot = bot
        self._intake = intake
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
                await pause(stopping, BETWEEN_LOOKS)
                await self._look()
        finally:
            await server.close()

    async def receive(self, asked: HttpRequest) -> HttpResponse:
        """Take an update; what cannot be written down now is refused, and Telegram sends it again."""
        if not compare_digest(asked.headers.get(TOKEN_HEADER, "").encode(), self._address.secret.encode()):
            return HttpResponse(403, "wrong secret token\n")
        try:
            update = json.loads(asked.body)
            int(update["update_id"])
        except (ValueError, KeyError, TypeError):
            return HttpResponse(400, "not an update\n")
        try:
            await self._intake.room()
            await self._intake.receive([update])
        except StoreError as error:
            self._reports.failed(error)
            return HttpResponse(503, "cannot be written down\n")
        self._reports.heard()
        return HttpResponse()

    async def _set(self, stopping: asyncio.Event) -> None:
        for delay in chain(DELAYS, repeat(DELAYS[-1])):
            if stopping.is_set() or await self._is_set():
                return
            await pause(stopping, delay)

    async def _is_set(self) -> bool:
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
            self._reports.failed(error)
            return False
        log.info("Telegram sends updates to %s", address.url)
        self._reports.heard()
        return True

    async def _look(self) -> None:
        """See whether Telegram still sends updates here and reaches us; the webhook is set anew where not."""
        try:
            found = await self._bot.get_webhook_info()
        except InvalidToken:
            raise
        except TelegramError as error:
            self._reports.failed(error)
            return
        if found.url != self._address.url:
            log.warning("The webhook was changed to %r; it is set again", found.url)
            await self._is_set()
        elif found.pending_update_count == 0 or found.last_error_date is None:
            self._reports.heard()
        else:
            log.warning("Telegram does not reach the webhook: %s", found.last_error_message)
        await self._intake.try_again()
