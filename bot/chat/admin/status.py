"""/status: the state of the running bot, for its administrators."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes, MessageHandler

from bot.chat.commands import Action
from bot.chat.features import ChatServices, Feature
from bot.chat.incoming.adapters import asker, place, recipient
from bot.chat.incoming.filters import ActionFilter
from bot.chat.operations.health import Health
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.views.i18n import Blocks, page
from bot.chat.views.renderer import render


def status_feature(services: ChatServices, health: Health) -> Feature:
    """The state of the running bot."""
    handler = MessageHandler(ActionFilter(Action.STATUS), StatusHandler(services, health).on_command)
    return Feature(handlers=(handler,), updates=(Update.MESSAGE,))


class StatusHandler:
    """Handles /status."""

    def __init__(self, services: ChatServices, health: Health) -> None:
        self._services = services
        self._health = health
        self._preferences = PreferenceStore(services.database)

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show an administrator the state of the bot; everybody else is refused."""
        if (message := update.effective_message) is None:
            return
        to = recipient(message, context.bot, self._preferences)
        allowed = asker(message) in self._services.settings.admins
        blocks = await self._status(context.bot, to.language) if allowed else page("only_admins", to.language)
        await self._services.sender.deliver(place(message), render(blocks))

    async def _status(self, bot: Bot, language: str) -> Blocks:
        services, settings = self._services, self._services.settings
        run, worker, service = asyncio.get_running_loop().run_in_executor, services.worker, services.service
        vitals = self._health.report()
        return page(
            "status",
            language,
            profile=await run(worker, service.profile),
            reader=await run(worker, service.reader_digest),
            vitals=vitals,
            up=_duration(vitals.uptime_seconds),
            webhook=settings.webhook_url is not None,
            days=settings.retention_days,
            reads_all=await _reads_all_messages(bot),
        )


async def _reads_all_messages(bot: Bot) -> bool | None:
    """Whether privacy mode is off, so that Telegram sends every message of a group; None where it is not known."""
    try:
        return (await bot.get_me()).can_read_all_group_messages
    except TelegramError:
        return None


def _duration(seconds: float) -> str:
    """A time span as ``3 d 04:05:06``."""
    whole = timedelta(seconds=int(seconds))
    days, rest = whole.days, whole.seconds
    clock = f"{rest // 3600:02}:{rest % 3600 // 60:02}:{rest % 60:02}"
    return f"{days} d {clock}" if days else clock
