"""Turns Telegram's objects into the chat's own records: who writes what, in reply to what, where an answer goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from telegram import Bot, CallbackQuery, Message, MessageEntity
from telegram.constants import ChatType

from bot.chat.incoming.routing import ChatKind, IncomingMessage, MarkedText, RepliedMessage
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.types import Place, Recipient
from bot.chat.views.i18n import closest_language, line

# after this time a group is on another subject, and a person is reminded when they asked
OLD: Final = timedelta(minutes=5)
# Telegram's id of a forum's General topic; a message sent to it by that id is refused
GENERAL_TOPIC: Final = 1

_NAMES: Final = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION)


def incoming_message(message: Message, bot: Bot) -> IncomingMessage:
    """The facts of a message that decide whether the bot acts on it."""
    sender, via, replied = message.from_user, message.via_bot, replied_message(message, bot)
    return IncomingMessage(
        where=ChatKind(message.chat.type),
        us=bot.username,
        text=message.text or message.caption,
        marks=_marks(message, bot),
        from_bot=sender is not None and sender.is_bot,
        from_us=sender is not None and sender.id == bot.id,
        for_chat=message.sender_chat is not None,
        replies_to_us=replied is not None and replied.from_us,
        via_bot=via is not None,
        via_us=via is not None and via.id == bot.id,
        automatic_forward=bool(message.is_automatic_forward),
        attached=message.effective_attachment is not None,
    )


def replied_message(message: Message, bot: Bot) -> RepliedMessage | None:
    """The message that is replied to. In a forum, Telegram lets a message that replies to nothing reply to the start of
    its topic; that is none."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return None
    return RepliedMessage(
        message_id=replied.message_id,
        from_us=replied.from_user is not None and replied.from_user.id == bot.id,
        text=replied.text or replied.caption,
        quote=message.quote.text if message.quote else None,
    )


def place(message: Message) -> Place:
    """Where the answer to a message goes. A thread that is no forum topic, and the General topic, are left out."""
    topic = message.message_thread_id if message.is_topic_message else None
    return Place(
        chat_id=message.chat_id,
        question_id=message.message_id,
        thread_id=None if topic == GENERAL_TOPIC else topic,
        channel=message.chat.type == ChatType.CHANNEL,
        preface=preface(message),
    )


def recipient(message: Message, bot: Bot, preferences: PreferenceStore | None = None) -> Recipient:
    """For whom the answer to a message is written, as the chat prefers it."""
    person = Recipient(
        today=_time(message).date(),
        private=message.chat.type == ChatType.PRIVATE,
        language=closest_language(message.from_user.language_code if message.from_user else None),
        us=bot.username,
    )
    return preferences.of(message.chat_id).apply_to(person) if preferences else person


def presser(query: CallbackQuery, message: Message, bot: Bot, preferences: PreferenceStore | None = None) -> Recipient:
    """For whom the answer to a press of a button under a message is written, as the chat prefers it."""
    person = recipient(message, bot).model_copy(update={"language": closest_language(query.from_user.language_code)})
    return preferences.of(message.chat_id).apply_to(person) if preferences else person


def asker(message: Message) -> int | None:
    """The id of who wrote a message; None where it is in the name of a chat, for then the person is not known."""
    return message.from_user.id if message.from_user and message.sender_chat is None else None


def is_for_chat(message: Message) -> bool:
    """Whether a message is written in the name of its own chat, as anonymous administrators and channels write."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat_id


def is_group(message: Message) -> bool:
    """Whether a message is in a group of either kind."""
    return message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)


def is_too_late(message: Message) -> bool:
    """Whether a group or channel has long been on another subject."""
    return _is_old(message) and message.chat.type != ChatType.PRIVATE


def preface(message: Message) -> str:
    """What the answer to a person's old direct message begins with: when it was written; empty for other messages."""
    person = message.from_user
    if person is None or person.is_bot or message.chat.type != ChatType.PRIVATE or not _is_old(message):
        return ""
    asked, language = _time(message), closest_language(person.language_code)
    return line("asked_at", language, day=asked.date(), time=f"{asked:%H:%M}")


def _marks(message: Message, bot: Bot) -> tuple[MarkedText, ...]:
    found = message.parse_entities([*_NAMES]) or message.parse_caption_entities([*_NAMES])
    return tuple(
        MarkedText(type=entity.type, text=text, names_us=entity.user is not None and entity.user.id == bot.id)
        for entity, text in found.items()
    )


def _is_old(message: Message) -> bool:
    return datetime.now(UTC) - _time(message) > OLD


def _time(message: Message) -> datetime:
    return message.edit_date or message.date
