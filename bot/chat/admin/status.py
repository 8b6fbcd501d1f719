"""/status: how the bot is, for its administrators: articles, what waits, what failed, and what it hears in groups."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes, MessageHandler

from bot.chat.features import ChatServices, Feature
from bot.chat.incoming.adapters import asker, listener, place
from bot.chat.incoming.filters import ActFilter
from bot.chat.incoming.routing import Act
from bot.chat.operations.health import Health
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.views.i18n import Blocks, page
from bot.chat.views.renderer import render


def status(desk: ChatServices, health: Health) -> Feature:
    """The administrators' look at the running bot."""
    handler = MessageHandler(ActFilter(Act.STATUS), StatusHandler(desk, health).on_command)
    return Feature(handlers=(handler,), updates=(Update.MESSAGE,))


class StatusHandler:
    """Handles /status."""

    def __init__(self, desk: ChatServices, health: Health) -> None:
        self._desk = desk
        self._health = health
        self._chats = PreferenceStore(desk.memory)

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Tell an administrator how the bot is; everybody else is refused."""
        if (message := update.effective_message) is None:
            return
        to = self._chats.of(message.chat_id).suit(listener(message, context.bot))
        allowed = asker(message) in self._desk.settings.admins
        told = await self._told(context.bot, to.language) if allowed else page("only_admins", to.language)
        await self._desk.delivery.deliver(place(message), render(told))

    async def _told(self, bot: Bot, language: str) -> Blocks:
        loop, service = asyncio.get_running_loop(), self._desk.service
        profile = await loop.run_in_executor(self._desk.worker, service.profile)
        vitals = self._health.report()
        return page(
            "status",
            language,
            profile=profile,
            vitals=vitals,
            up=_span(vitals.uptime_seconds),
            webhook=self._desk.settings.webhook_url is not None,
            days=self._desk.settings.retention_days,
            hears_all=await _hears_all(bot),
        )


async def _hears_all(bot: Bot) -> bool | None:
    """Whether privacy mode is off, so that the bot hears everything in its groups; None where nobody can tell."""
    try:
        return (await bot.get_me()).can_read_all_group_messages
    except TelegramError:
        return None


def _span(seconds: float) -> str:
    """A time span as ``3 d 04:05:06``."""
    whole = timedelta(seconds=int(seconds))
    days, rest = whole.days, whole.seconds
    clock = f"{rest // 3600:02}:{rest % 3600 // 60:02}:{rest % 60:02}"
    return f"{days} d {clock}" if days else clock
