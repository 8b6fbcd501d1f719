"""/settings: a chat's preferences, shown to all and changed by its administrators; a group that becomes a supergroup
keeps them."""

from __future__ import annotations

import logging
from typing import Final

from telegram import Bot, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import ContextTypes, MessageHandler, filters

from bot.chat.commands import Action
from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.buttons import button_handler, on_unknown, reply
from bot.chat.incoming import adapters
from bot.chat.incoming.filters import ActionFilter
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.types import Place, Recipient
from bot.chat.views.buttons import ButtonAction, CallbackData
from bot.chat.views.i18n import line
from bot.chat.views.renderer import render
from bot.chat.views.settings_page import settings_page

log = logging.getLogger(__name__)

ADMINS: Final = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


def settings_feature(services: ChatServices) -> Feature:
    """A chat's preferences."""
    handlers = SettingsHandlers(services)
    return Feature(
        handlers=(
            MessageHandler(filters.StatusUpdate.MIGRATE, handlers.on_migration),
            MessageHandler(ActionFilter(Action.SETTINGS), handlers.on_command),
            button_handler(handlers.on_press, ButtonAction.SETTING),
        ),
        updates=(Update.MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY),
        forget=PreferenceStore(services.database).forget,
    )


class SettingsHandlers:
    """Handles /settings, its buttons, and groups that become supergroups."""

    def __init__(self, services: ChatServices) -> None:
        self._preferences = PreferenceStore(services.database)
        self._sender = services.sender

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the chat's preferences, with buttons for those who may change them."""
        if (message := update.effective_message) is None:
            return
        to, may_change = adapters.recipient(message, context.bot), await is_by_chat_admin(message, context.bot)
        await self._show(message, adapters.place(message), to, may_change=may_change)

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Change a preference, where the one who presses is an administrator of the chat."""
        query = update.callback_query
        data = CallbackData.read(query.data or "") if query else None
        if query is None or data is None or not isinstance(query.message, Message):
            await on_unknown(update, context)
            return
        message = query.message
        to = adapters.presser(query, message, context.bot)
        if not await administers(message, query.from_user.id, context.bot):
            await reply(query, line("only_chat_admins", to.language))
            return
        await reply(query)
        self._preferences.keep(message.chat_id, self._preferences.of(message.chat_id).with_choice(data.about))
        command = message.reply_to_message or message
        place = adapters.place(message).model_copy(update={"question_id": command.message_id})
        await self._show(message, place, to, may_change=True)

    async def on_migration(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let a group that has become a supergroup keep its preferences; both chats receive a message about it."""
        if (message := update.effective_message) is None:
            return
        before = message.migrate_from_chat_id or message.chat_id
        after = message.migrate_to_chat_id or message.chat_id
        self._preferences.move(before, after)

    async def _show(self, message: Message, place: Place, to: Recipient, *, may_change: bool) -> None:
        preferences = self._preferences.of(message.chat_id)
        blocks, keyboard = settings_page(preferences, preferences.apply_to(to), may_change=may_change)
        await self._sender.deliver(place, render(blocks, keyboard))


async def is_by_chat_admin(message: Message, bot: Bot) -> bool:
    """Whether a message is from an administrator of its chat; a person administers their own direct chat."""
    return adapters.is_for_chat(message) or await administers(message, adapters.asker(message), bot)


async def administers(message: Message, user: int | None, bot: Bot) -> bool:
    """Whether a person may change a chat's settings: their own, or those of a chat they administer."""
    if message.chat.type in (ChatType.PRIVATE, ChatType.CHANNEL) and user in (None, message.chat_id):
        return True  # only administrators post in channels
    if user is None:
        return False
    try:
        member = await bot.get_chat_member(message.chat_id, user)
    except TelegramError as error:
        log.info("The administrators of chat %d are not known: %s", message.chat_id, error)
        return False
    return member.status in ADMINS
