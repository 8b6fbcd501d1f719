"""The interface of a feature of the chat, and the services that every feature shares; ``app.features_of`` lists all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram.ext import BaseHandler

from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.delivery_database import DeliveryDatabase
from bot.chat.transport.sender import Sender
from bot.chat.types import ChatSettings, Service

AnyHandler = BaseHandler[Any, Any, Any]
Forget = Callable[[int | None, int | None], None]
Clean = Callable[[datetime], None]


def _no_wait(chat_id: int) -> int | None:
    return None


@dataclass(frozen=True)
class ChatServices:
    """What every feature works with.

    ``service`` is called in ``worker``'s one thread. ``expected_wait`` is for how many seconds Telegram's rate limit
    will delay a chat's next answers, or None where that is not worth a notice.
    """

    settings: ChatSettings
    service: Service
    deliveries: DeliveryDatabase
    sender: Sender
    worker: Executor
    database: ChatDatabase
    expected_wait: Callable[[int], int | None] = _no_wait

    @property
    def has_editors(self) -> bool:
        """Whether there is an administrator who can be notified of a question without an answer."""
        return bool(self.settings and self.settings.admins)


@dataclass(frozen=True)
class Feature:
    """One part of what the chat does.

    An update goes to the first handler that accepts it, in the order of the features and their handlers. It is done
    when that handler returns or raises. ``updates`` are the kinds of update to request from Telegram.
    ``forget`` deletes what is stored of a chat, or, without a chat, of a user in every chat; ``clean`` deletes what is
    older than a moment.
    """

    handlers: tuple[AnyHandler, ...] = ()
    updates: tuple[str, ...] = ()
    forget: Forget | None = None
    clean: Clean | None = None
