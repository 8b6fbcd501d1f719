"""/settings: a chat's wishes shown to all and changed by its administrators; a group that becomes a supergroup keeps
them."""

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
from bot.chat.incoming.filters import ActFilter
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.transport.sender import Sender
from bot.chat.types import Place, Recipient
from bot.chat.views.buttons import ButtonAction, CallbackData
from bot.chat.views.i18n import line
from bot.chat.views.renderer import render
from bot.chat.views.settings_page import settings_page

log = logging.getLogger(__name__)

ADMINS: Final = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


def settings(desk: ChatServices) -> Feature:
    """A chat's wishes."""
    chats = PreferenceStore(desk.memory)
    settling = SettingsHandlers(chats, desk.delivery)
    return Feature(
        handlers=(
            MessageHandler(filters.StatusUpdate.MIGRATE, settling.on_migration),
            MessageHandler(ActFilter(Action.SETTINGS), settling.on_command),
            button_handler(settling.on_press, ButtonAction.SETTING),
        ),
        updates=(Update.MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY),
        forget=chats.forget,
    )


class SettingsHandlers:
    """Handles /settings, its buttons, and groups that become supergroups."""

    def __init__(self, chats: PreferenceStore, delivery: Sender) -> None:
        self._chats = chats
        self._delivery = delivery

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the chat's wishes, with buttons for who may change them."""
        if (message := update.effective_message) is None:
            return
        sender = message.from_user.id if message.from_user else None
        for_chat = message.sender_chat is not None and message.sender_chat.id == message.chat_id
        may_change = for_chat or await administers(message, sender, context.bot)
        await self._show(
            message, adapters.place(message), adapters.listener(message, context.bot), may_change=may_change
        )

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Change a wish, where the one who presses is an administrator of the chat."""
        query = update.callback_query
        press = CallbackData.read(query.data or "") if query else None
        if query is None or press is None or not isinstance(query.message, Message):
            await on_unknown(update, context)
            return
        message, to = query.message, adapters.presser(query, query.message, context.bot)
        if not await administers(message, query.from_user.id, context.bot):
            await reply(query, line("only_chat_admins", to.language))
            return
        await reply(query)
        self._chats.keep(message.chat_id, self._chats.of(message.chat_id).changed(press.about))
        above = message.reply_to_message or message
        place = adapters.place(message).model_copy(update={"question_id": above.message_id})
        await self._show(message, place, to, may_change=True)

    async def on_migration(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let a group that has become a supergroup keep its wishes; both chats are told of it."""
        if (message := update.effective_message) is None:
            return
        before = message.migrate_from_chat_id or message.chat_id
        after = message.migrate_to_chat_id or message.chat_id
        self._chats.move(before, after)

    async def _show(self, message: Message, place: Place, to: Recipient, *, may_change: bool) -> None:
        wishes = self._chats.of(message.chat_id)
        blocks, keyboard = settings_page(wishes, wishes.suit(to), may_change=may_change)
        await self._delivery.deliver(place, render(blocks, keyboard))


async def administers(message: Message, user: int | None, bot: Bot) -> bool:
    """Whether a person may change a chat's settings: their own, or those of a chat they administer."""
    if message.chat.type in (ChatType.PRIVATE, ChatType.CHANNEL) and user in (None, message.chat_id):
        return True  # only administrators post in channels
    if user is None:
        return False
    try:
        member = await bot.get_chat_member(message.chat_id, user)
    except TelegramError as error:
        log.info("Who administers chat %d cannot be learnt: %s", message.chat_id, error)
        return False
    return member.status in ADMINS
