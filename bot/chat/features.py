"""What a part of the chat is given, and what it brings: ``application.FEATURES`` lists the parts."""

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


def _no_pause(chat_id: int) -> int | None:
    return None


@dataclass(frozen=True)
class ChatServices:
    """What every part of the chat works with; questions are answered in ``worker``'s one thread.

    ``pause`` is how many seconds a chat's next answers have to wait, where it should be told so.
    """

    settings: ChatSettings
    service: Service
    state: DeliveryDatabase
    delivery: Sender
    worker: Executor
    memory: ChatDatabase
    pause: Callable[[int], int | None] = _no_pause

    @property
    def has_editors(self) -> bool:
        """Whether there is an administrator who can be told of a question."""
        return bool(self.settings and self.settings.admins)


@dataclass(frozen=True)
class Feature:
    """What a part of the chat brings.

    An update goes to the first handler that wants it, in the order of the features and their handlers. It counts as
    done when that handler returns or raises. ``updates`` are the kinds of update to ask Telegram for.
    ``forget`` drops what is remembered of a chat, or where there is none, of a user in every chat;
    ``clean`` drops what is older than a moment.
    """

    handlers: tuple[AnyHandler, ...] = ()
    updates: tuple[str, ...] = ()
    forget: Forget | None = None
    clean: Clean | None = None


Build = Callable[[ChatServices], Feature]
