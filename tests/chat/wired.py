"""The whole chat in one process: real journal, queue, handlers and databases; only Telegram's side is in memory."""

from __future__ import annotations

import asyncio
import itertools
import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from telegram.ext import Application, BaseRateLimiter, ExtBot
from telegram.request import BaseRequest, RequestData

from bot.chat.app import features_of
from bot.chat.features import ChatServices
from bot.chat.operations.error_handler import ErrorHandler
from bot.chat.operations.health import Health, Heartbeat
from bot.chat.operations.maintenance import Maintenance, UnansweredDigest, cleaning
from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.delivery_database import DeliveryDatabase
from bot.chat.telemetry.instrumentation import Worker
from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport.dispatcher import PerChatUpdateProcessor
from bot.chat.transport.sender import Sender
from bot.chat.transport.update_log import UpdateLog
from bot.chat.transport.update_queue import UpdateQueue

TOKEN = "700000001:lab-token-AAAAAAAAAAAAAAAAAAAAAAAAAAA"
US = {"id": 700000001, "is_bot": True, "first_name": "Lab bot", "username": "lab_bot"}
DATABASES = ("chat.sqlite3", "memory.sqlite3")
SUPERGROUP_BELOW = -1_000_000_000_000

Body = dict[str, Any]

# Telegram's counts go on when a bot starts again
_updates, _messages = itertools.count(1), itertools.count(1)


class Telegram(BaseRequest):
    """The Bot API in memory: counts messages, remembers what was called."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Body]] = []
        self.standing: dict[int, Body] = {}
        self.failures: dict[int, Exception] = {}
        self.me: Body = {"can_read_all_group_messages": False}
        self.chat_admins: set[int] = set()

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **more: Any
    ) -> tuple[int, bytes]:
        name = urlsplit(url).path.rpartition("/")[2]
        given = dict(request_data.parameters) if request_data else {}
        if failure := self.failures.get(int(given.get("chat_id", 0))):
            raise failure
        self.calls.append((name, given))
        return 200, json.dumps({"ok": True, "result": self._result(name, given)}).encode()

    def _result(self, name: str, given: Body) -> object:
        if name == "getMe":
            return US | self.me
        if name == "getChatMember":
            user = int(given["user_id"])
            member = {"user": {"id": user, "is_bot": False, "first_name": "Reader"}, "is_anonymous": False}
            return member | {"status": "creator" if user in self.chat_admins else "member"}
        if name == "answerGuestQuery":
            return {"inline_message_id": "x"}
        if name in {"sendMessage", "editMessageText", "editMessageReplyMarkup"}:
            chat_id = int(given["chat_id"])
            number = int(given.get("message_id") or next(_messages))
            self.standing[number] = self.standing.get(number, {}) | given
            return {"message_id": number, "date": 1, "chat": chat(chat_id), "from": US, "text": given.get("text", "x")}
        return True

    def sent(self, name: str = "sendMessage") -> list[Body]:
        """What was given to each call of a method."""
        return [given for called, given in self.calls if called == name]

    def texts(self, chat_id: int) -> list[str]:
        """What was sent to a chat."""
        return [str(given["text"]) for given in self.sent() if int(given["chat_id"]) == chat_id]


class Unhurried(BaseRateLimiter[Any]):
    """Keeps to no limits."""

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def process_request(
        self, callback: Any, args: Any, kwargs: Any, endpoint: str, data: Any, rate_limit_args: Any
    ) -> Any:
        if rate_limit_args is not None and rate_limit_args.before is not None:
            rate_limit_args.before()
        return await callback(*args, **kwargs)


def chat(chat_id: int) -> Body:
    """A chat as Telegram describes it."""
    if chat_id > 0:
        return {"id": chat_id, "type": "private", "first_name": "Reader"}
    return {"id": chat_id, "type": "supergroup" if chat_id < SUPERGROUP_BELOW else "group", "title": "Readers"}


class WiredBot:
    """The bot over a folder; use it as an asynchronous context. ``clock`` gives seconds since 1970 to all that asks."""

    def __init__(
        self,
        folder: Path,
        service: Any,
        clock: Callable[[], float] = time.time,
        *,
        cleans: bool = True,
        **settings: Any,
    ) -> None:
        usual = {"admins": frozenset(), "allowed_chats": frozenset(), "retention_days": 90, "webhook_url": None}
        self.settings = SimpleNamespace(data_dir=folder, **usual | settings)
        self.telegram, self.clock = Telegram(), clock
        self.state = DeliveryDatabase(folder / "chat.sqlite3", clock)
        self.memory = ChatDatabase(folder / "memory.sqlite3", clock)
        self.worker, self.stopping, self._idle = Worker(), asyncio.Event(), asyncio.Event()
        self.journal = UpdateLog(self.state, clock)
        self._wire(service, cleans)

    def _wire(self, service: Any, cleans: bool) -> None:
        bot = ExtBot(TOKEN, request=self.telegram, get_updates_request=self.telegram, rate_limiter=Unhurried())
        processor = PerChatUpdateProcessor(self._finish, self.stopping)
        self.application = Application.builder().bot(bot).updater(None).concurrent_updates(processor).build()
        sender, metrics = Sender(bot, self.state, self.stopping, delays=()), Metrics()
        self.intake = UpdateQueue(bot, self.journal, self.application.update_queue, metrics)
        self.application.add_error_handler(ErrorHandler(sender, self.journal, metrics, self.settings.admins).on_error)
        self.services = ChatServices(self.settings, service, self.state, sender, self.worker, self.memory)
        features = features_of(self.services, Health(Heartbeat(), self.journal, metrics))
        for feature in features:
            self.application.add_handlers(feature.handlers)
        cleaners = [feature.clean for feature in features if feature.clean] if cleans else []
        state = [self.state.drop_before] if cleans else []
        chores = (
            cleaning([*cleaners, *state], self.settings.retention_days),
            UnansweredDigest(bot, self.settings.admins, self.memory).job(),
        )
        self.upkeep = Maintenance(chores, self.memory, self.clock)

    async def _finish(self, update: object) -> None:
        await self.intake.finish(update)
        if not self.intake.in_work:
            self._idle.set()

    async def __aenter__(self) -> WiredBot:
        await self.application.initialize()
        await self.application.start()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.application.stop()
        await self.application.shutdown()
        self.worker.shutdown()
        self.state.close()
        self.memory.close()

    async def receive(self, *bodies: Body) -> None:
        """Take updates, as a poll does, and wait until all are done."""
        await self.take([{"update_id": next(_updates)} | body for body in bodies])

    async def take(self, updates: Sequence[Body]) -> None:
        """Take updates that have their numbers already."""
        self._idle.clear()
        await self.intake.receive(updates)
        if self.intake.in_work:
            await self._idle.wait()

    def message(self, text: str, user: int, chat_id: int | None = None, **more: Any) -> Body:
        """The update of a message."""
        body = {"message_id": next(_messages), "date": int(self.clock()), "chat": chat(chat_id or user)}
        sender = {"id": user, "is_bot": False, "first_name": "Reader"}
        return {"message": body | {"from": sender, "text": text} | more}

    def replied(self, number: int) -> Body:
        """What a message has that replies to one of ours."""
        chat_id = int(self.telegram.standing[number]["chat_id"])
        return {"reply_to_message": {"message_id": number, "date": 1, "chat": chat(chat_id), "from": US, "text": "x"}}

    def press(self, number: int, data: str, user: int) -> Body:
        """The update of a press of the first button under a message of ours whose data begins like this."""
        buttons = [
            button for row in self.telegram.standing[number]["reply_markup"]["inline_keyboard"] for button in row
        ]
        return self.press_with(number, next(b["callback_data"] for b in buttons if _begins(b, data)), user)

    def press_with(self, number: int, data: str, user: int) -> Body:
        """The update of a press of a button with this data under a message of ours, whether or not it has one."""
        chat_id = int(self.telegram.standing[number]["chat_id"])
        above = {"message_id": number, "date": 1, "chat": chat(chat_id), "from": US, "text": "x"}
        sender = {"id": user, "is_bot": False, "first_name": "Reader"}
        return {"callback_query": {"id": "1", "from": sender, "chat_instance": "1", "message": above, "data": data}}


def _begins(button: Body, data: str) -> bool:
    return str(button.get("callback_data", "")).startswith(data)


def columns(folder: Path) -> Iterator[tuple[str, str, list[object]]]:
    """Every column of the chat's databases: its table, its name and what stands in it."""
    for file in DATABASES:
        with closing(sqlite3.connect(folder / file)) as database:
            sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            for (table,) in database.execute(sql).fetchall():
                for _, column, *_ in database.execute(f"PRAGMA table_info({table})").fetchall():
                    values = [value for (value,) in database.execute(f"SELECT {column} FROM {table}")]
                    yield f"{file.partition('.')[0]}.{table}", column, values
