"""Dateline in Telegram: builds the library's application, takes updates, and stops when it is told to."""

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

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from bot.chat.admin import access, alerts, articles, status
from bot.chat.features import Build, ChatServices, Feature
from bot.chat.handlers import delete, followups, guest, inline, privacy, suggestions
from bot.chat.handlers import settings as settling
from bot.chat.handlers.buttons import buttons
from bot.chat.handlers.messages import conversation
from bot.chat.handlers.votes import feedback
from bot.chat.operations.error_handler import ErrorHandler
from bot.chat.operations.health import Health, Heartbeat
from bot.chat.operations.maintenance import Maintenance, UnansweredDigest, cleaning
from bot.chat.persistence import chat_database
from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.delivery_database import FILE as STATE
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
# requests to Telegram at the same time
AT_ONCE = 64
# between attempts to reach Telegram at the start
SECONDS_BETWEEN = (1, 2, 4, 8, 15, 30)

# an update goes to the first that wants it
FEATURES: tuple[Build, ...] = (
    access.allowing,
    settling.settings,
    articles.admin,
    followups.following,
    delete.deleting,
    conversation,
    feedback,
    suggestions.going_on,
    alerts.telling,
    buttons,
    inline.inline,
    guest.guest,
)
SCOPES: tuple[BotCommandScope, ...] = (
    BotCommandScopeDefault(),
    BotCommandScopeAllPrivateChats(),
    BotCommandScopeAllGroupChats(),
)

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def run(settings: ChatSettings, service: Service) -> int:
    """Serve Telegram until SIGTERM or SIGINT; what is being answered then is finished.

    Returns the exit code: 0 when stopped, 2 where the token is not accepted or a port cannot be listened on, which is
    said on stderr.
    Raises StoreError where the chat's memory cannot be opened, or another process serves from the same folder.
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
            DeliveryDatabase(settings.data_dir / STATE) as state,
            ChatDatabase(settings.data_dir / chat_database.FILE) as kept,
            Worker() as worker,
        ):
            return asyncio.run(_Server(settings, address, service, _Kept(state, kept), worker).serve())
    except InvalidToken:
        return _refused(f"{origin} does not accept it")
    except CannotListen as error:
        sys.stderr.write(f"dateline: {error}; set another port, or end what holds it\n")
        return MISUSED


def features_of(desk: ChatServices, health: Health) -> tuple[Feature, ...]:
    """Every part of the chat, in the order in which they are offered an update."""
    parts = tuple(build(desk) for build in FEATURES)
    return (parts[0], privacy.forgetting(desk, parts), status.status(desk, health), *parts[1:])


def _token(settings: ChatSettings) -> str:
    return settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""


def _refused(why: str) -> int:
    sys.stderr.write(f"dateline: TELEGRAM_BOT_TOKEN cannot be used: {why}; copy the token again from @BotFather\n")
    return MISUSED


class _Kept(NamedTuple):
    """What outlives a restart."""

    state: DeliveryDatabase
    memory: ChatDatabase


class _Server:
    """One run of the bot, from the first call to Telegram to the last."""

    def __init__(
        self, settings: ChatSettings, address: WebhookAddress | None, service: Service, kept: _Kept, worker: Executor
    ) -> None:
        self._stop, self._connected = asyncio.Event(), asyncio.Event()
        self._settings, self._address = settings, address
        self._pulse, self._metrics, journal = Heartbeat(), Metrics(), UpdateLog(kept.state)
        self._health = Health(self._pulse, journal, self._metrics)
        self._pace, self._lanes = (
            RateLimiter(self._stop, self._metrics),
            PerChatUpdateProcessor(self._finish, self._stop),
        )
        self._application = self._built(_token(settings), settings.telegram_api or ORIGIN)
        delivery = Sender(self._application.bot, kept.state, self._stop)
        self._failures = ErrorHandler(delivery, journal, self._metrics, settings.admins)
        self._intake = UpdateQueue(self._application.bot, journal, self._application.update_queue, self._metrics)
        watched = cast(Service, InstrumentedService(service, self._metrics))
        crowds = BackpressureNotice(self._pace, self._lanes)
        desk = ChatServices(settings, watched, kept.state, delivery, worker, kept.memory, crowds.seconds_to_announce)
        self._features = features_of(desk, self._health)
        self._upkeep = self._kept_up(desk)
        for feature in self._features:
            self._application.add_handlers(feature.handlers)
        self._application.add_error_handler(self._failures.on_error)

    def _built(self, token: str, origin: str) -> AnyApplication:
        return (
            Application.builder()
            .token(token)
            .base_url(f"{origin}/bot")
            .base_file_url(f"{origin}/file/bot")
            .rate_limiter(self._pace)
            .updater(None)
            .concurrent_updates(self._lanes)
            .request(HttpClient(AT_ONCE))
            .get_updates_request(HttpClient(1))
            .build()
        )

    async def serve(self) -> int:
        """Connect, take updates until stopped, finish.

        Raises InvalidToken, also when the token is withdrawn later, and CannotListen.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):  # Windows has none
                loop.add_signal_handler(number, self._stop.set)
        health = await self._health_server()
        beside = [asyncio.create_task(work) for work in self._beside()]
        try:
            await unless(self._stop, self._begin())
            await self._listener().run(self._stop)
        finally:
            self._stop.set()
            await _ended(beside)
            await self._end()
            if health is not None:
                await health.close()
        return STOPPED

    def _beside(self) -> Iterator[Coroutine[Any, Any, None]]:
        """What runs beside the answering, until the bot stops."""
        yield self._register_commands()
        yield self._health.watch(self._stop)
        yield self._keep_up()

    async def _keep_up(self) -> None:
        await self._connected.wait()
        await self._upkeep.run(self._stop)

    def _kept_up(self, desk: ChatServices) -> Maintenance:
        cleaners = [feature.clean for feature in self._features if feature.clean is not None]
        digest = UnansweredDigest(self._application.bot, desk.settings.admins, desk.memory)
        chores = (cleaning([*cleaners, desk.state.drop_before], desk.settings.retention_days), digest.job())
        return Maintenance(chores, desk.memory)

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
        await self._intake.resume()
        self._connected.set()
        log.info("Answering in Telegram as @%s", self._application.bot.username)

    def _listener(self) -> Poller | Webhook:
        kinds = [*dict.fromkeys(kind for feature in self._features for kind in feature.updates)]
        reports = TransportReports(contact=self._pulse.record_contact, failure=self._failures.on_polling_error)
        bot, intake = self._application.bot, self._intake
        if self._address is None:
            return Poller(bot, intake, kinds, reports)
        return Webhook(bot, intake, kinds, reports, self._address)

    async def _connect(self) -> None:
        for seconds in chain(SECONDS_BETWEEN, repeat(SECONDS_BETWEEN[-1])):
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

    async def _register_commands(self) -> None:
        await self._connected.wait()
        named = {name: text for feature in self._features for name, text in feature.commands.items()}
        commands = [BotCommand(name, description) for name, description in named.items()]
        for scope in SCOPES:
            try:
                await self._application.bot.set_my_commands(commands, scope=scope)
            except TelegramError as error:
                log.warning("The menu of commands was not taken for %s: %s", scope.type, error)

    async def _end(self) -> None:
        application = self._application
        if application.running:
            await application.stop()
        await application.shutdown()
        await application.bot.shutdown()

    async def _finish(self, update: object) -> None:
        await self._intake.finish(update)


async def _ended(tasks: Collection[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
