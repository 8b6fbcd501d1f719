"""Dateline in Telegram: joins the features to python-telegram-bot's application, and runs it until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
import sys
from collections.abc import Collection, Coroutine, Iterator
from concurrent.futures import Executor
from contextlib import suppress
from itertools import chain, repeat
from typing import Any, NamedTuple, cast

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from bot.chat.admin.access import access_feature
from bot.chat.admin.alerts import alert_feature
from bot.chat.admin.articles import articles_feature
from bot.chat.admin.command_menu import send_menus
from bot.chat.admin.status import status_feature
from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.buttons import button_feature
from bot.chat.handlers.delete import delete_feature
from bot.chat.handlers.followups import followup_feature
from bot.chat.handlers.guest import guest_feature
from bot.chat.handlers.inline import inline_feature
from bot.chat.handlers.messages import question_feature
from bot.chat.handlers.privacy import privacy_feature
from bot.chat.handlers.settings import settings_feature
from bot.chat.handlers.suggestions import suggestion_feature
from bot.chat.handlers.votes import vote_feature
from bot.chat.operations.error_handler import ErrorHandler
from bot.chat.operations.health import Health, Heartbeat
from bot.chat.operations.maintenance import Maintenance, UnansweredDigest, cleaning
from bot.chat.persistence import chat_database, delivery_database
from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.delivery_database import DeliveryDatabase
from bot.chat.persistence.folder_lock import serving_alone
from bot.chat.telemetry.instrumentation import InstrumentedService, Worker
from bot.chat.telemetry.log_config import configure
from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport.cancellation import pause, unless
from bot.chat.transport.dispatcher import BackpressureNotice, PerChatUpdateProcessor
from bot.chat.transport.http_client import HttpClient
from bot.chat.transport.polling import Poller
from bot.chat.transport.rate_limiter import RateLimiter
from bot.chat.transport.sender import Sender
from bot.chat.transport.update_log import UpdateLog
from bot.chat.transport.update_queue import TransportReports, UpdateQueue
from bot.chat.transport.web_server import CannotListen, WebServer
from bot.chat.transport.webhook import Webhook, WebhookAddress
from bot.chat.types import ChatSettings, Service

log = logging.getLogger(__name__)

STOPPED, MISUSED = 0, 2
ORIGIN = "https://api.telegram.org"
# connections to Telegram at the same time: twice its limit of 30 messages a second
# (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)
CONNECTIONS = 64
# seconds between attempts to reach Telegram at the start; the last one is repeated
CONNECT_DELAYS = (1, 2, 4, 8, 15, 30)

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def run(settings: ChatSettings, service: Service) -> int:
    """Serve Telegram until SIGTERM or SIGINT; updates that are being handled then are finished.

    Returns the exit code: 0 when stopped, 2 where the token is not accepted or a port cannot be listened on, which is
    reported on stderr.
    Raises StoreError where a database cannot be opened, or another process serves from the same folder.
    """
    token, address = _token(settings), WebhookAddress.of(settings)
    origin = settings.telegram_api or ORIGIN
    configure(settings.log_level, (token, address.secret if address else ""), settings.log_format)
    if not _TOKEN.fullmatch(token):
        return _refused("it is not of the form 123456789:letters")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with (
            serving_alone(settings.data_dir),
            DeliveryDatabase(settings.data_dir / delivery_database.FILE) as deliveries,
            ChatDatabase(settings.data_dir / chat_database.FILE) as database,
            Worker() as worker,
        ):
            return asyncio.run(_Server(settings, address, service, _Databases(deliveries, database), worker).serve())
    except InvalidToken:
        return _refused(f"{origin} does not accept it")
    except CannotListen as error:
        sys.stderr.write(f"dateline: {error}; set another port, or stop the program that uses it\n")
        return MISUSED


def features_of(services: ChatServices, health: Health) -> tuple[Feature, ...]:
    """Every feature of the chat; an update goes to the first that accepts it."""
    features = (
        settings_feature(services),
        articles_feature(services),
        followup_feature(services),
        delete_feature(services),
        question_feature(services),
        vote_feature(services),
        suggestion_feature(services),
        alert_feature(services),
        button_feature(services),
        inline_feature(services),
        guest_feature(services),
    )
    return (
        access_feature(services),  # before all others: it refuses the updates of chats that may not be served
        privacy_feature(services, features),
        status_feature(services, health),
        *features,
    )


def _token(settings: ChatSettings) -> str:
    return settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""


def _refused(why: str) -> int:
    sys.stderr.write(f"dateline: TELEGRAM_BOT_TOKEN cannot be used: {why}; copy the token again from @BotFather\n")
    return MISUSED


class _Databases(NamedTuple):
    deliveries: DeliveryDatabase
    chat: ChatDatabase


class _Server:
    """One run of the bot, from the first call to Telegram to the last."""

    def __init__(
        self,
        settings: ChatSettings,
        address: WebhookAddress | None,
        service: Service,
        databases: _Databases,
        worker: Executor,
    ) -> None:
        self._stop, self._connected = asyncio.Event(), asyncio.Event()
        self._settings, self._address = settings, address
        self._heartbeat, self._metrics, update_log = Heartbeat(), Metrics(), UpdateLog(databases.deliveries)
        self._health = Health(self._heartbeat, update_log, self._metrics)
        self._rate_limiter = RateLimiter(self._stop, self._metrics)
        self._processor = PerChatUpdateProcessor(self._finish, self._stop)
        self._application = self._build(_token(settings), settings.telegram_api or ORIGIN)
        sender = Sender(self._application.bot, databases.deliveries, self._stop)
        self._error_handler = ErrorHandler(sender, update_log, self._metrics, settings.admins)
        self._updates = UpdateQueue(self._application.bot, update_log, self._application.update_queue, self._metrics)
        services = ChatServices(
            settings=settings,
            service=cast(Service, InstrumentedService(service, self._metrics)),
            deliveries=databases.deliveries,
            sender=sender,
            worker=worker,
            database=databases.chat,
            expected_wait=BackpressureNotice(self._rate_limiter, self._processor).seconds_to_announce,
        )
        self._features = features_of(services, self._health)
        self._maintenance = self._build_maintenance(services)
        for feature in self._features:
            self._application.add_handlers(feature.handlers)
        self._application.add_error_handler(self._error_handler.on_error)

    def _build(self, token: str, origin: str) -> AnyApplication:
        return (
            Application.builder()
            .token(token)
            .base_url(f"{origin}/bot")
            .base_file_url(f"{origin}/file/bot")
            .rate_limiter(self._rate_limiter)
            .updater(None)
            .concurrent_updates(self._processor)
            .request(HttpClient(CONNECTIONS))
            .get_updates_request(HttpClient(1))
            .build()
        )

    def _build_maintenance(self, services: ChatServices) -> Maintenance:
        cleaners = [feature.clean for feature in self._features if feature.clean is not None]
        digest = UnansweredDigest(self._application.bot, services.settings.admins, services.database)
        clean = cleaning([*cleaners, services.deliveries.drop_before], services.settings.retention_days)
        return Maintenance((clean, digest.job()), services.database)

    async def serve(self) -> int:
        """Connect, receive updates until stopped, finish those that are being handled.

        Raises InvalidToken, also when the token is withdrawn later, and CannotListen.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):  # Windows has none
                loop.add_signal_handler(number, self._stop.set)
        health_server = await self._health_server()
        background = [asyncio.create_task(work) for work in self._background()]
        try:
            await unless(self._stop, self._begin())
            await self._receiver().run(self._stop)
        finally:
            self._stop.set()
            await _cancel(background)
            await self._end()
            if health_server is not None:
                await health_server.close()
        return STOPPED

    def _background(self) -> Iterator[Coroutine[Any, Any, None]]:
        """What runs beside the handling of updates, until the bot stops."""
        yield self._send_menus()
        yield self._health.watch(self._stop)
        yield self._maintain()

    async def _send_menus(self) -> None:
        await self._connected.wait()
        await send_menus(self._application.bot, self._settings.admins)

    async def _maintain(self) -> None:
        await self._connected.wait()
        await self._maintenance.run(self._stop)

    async def _health_server(self) -> WebServer | None:
        settings = self._settings
        if settings.health_port is None:
            return None
        server = WebServer(self._health.routes)
        await server.listen(settings.health_listen, settings.health_port)
        return server

    async def _begin(self) -> None:
        await self._connect()
        await self._application.start()
        await self._updates.resume()
        self._connected.set()
        log.info("Answering in Telegram as @%s", self._application.bot.username)

    def _receiver(self) -> Poller | Webhook:
        kinds = [*dict.fromkeys(kind for feature in self._features for kind in feature.updates)]
        reports = TransportReports(contact=self._heartbeat.record_contact, failure=self._error_handler.on_polling_error)
        bot, updates = self._application.bot, self._updates
        if self._address is None:
            return Poller(bot, updates, kinds, reports)
        return Webhook(bot, updates, kinds, reports, self._address)

    async def _connect(self) -> None:
        for seconds in chain(CONNECT_DELAYS, repeat(CONNECT_DELAYS[-1])):
            try:
                await self._application.initialize()
                if self._address is None:
                    await self._application.bot.delete_webhook()
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("Telegram cannot be reached, trying again in %d s: %s", seconds, error)
                await pause(self._stop, seconds)
            else:
                return

    async def _end(self) -> None:
        application = self._application
        if application.running:
            await application.stop()
        await application.shutdown()
        await application.bot.shutdown()

    async def _finish(self, update: object) -> None:
        await self._updates.finish(update)


async def _cancel(tasks: Collection[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
