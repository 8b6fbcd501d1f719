"""A message of the library as the facts that decide whether and where the bot speaks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from telegram import Bot, CallbackQuery, Message, MessageEntity
from telegram.constants import ChatType

from bot.chat.incoming.routing import ChatKind, IncomingMessage, MarkedText
from bot.chat.types import Place, Recipient
from bot.chat.views.i18n import closest_language, line

_NAMES = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION)


def said(message: Message, bot: Bot) -> IncomingMessage:
    """What ``addressing.hear`` needs to know of a message."""
    sender, via = message.from_user, message.via_bot
    return IncomingMessage(
        where=ChatKind(message.chat.type),
        us=bot.username,
        text=message.text or message.caption,
        marks=_marks(message, bot),
        from_bot=sender is not None and sender.is_bot,
        from_us=sender is not None and sender.id == bot.id,
        for_chat=message.sender_chat is not None,
        replies_to_us=_replies_to(message, bot),
        via_bot=via is not None,
        via_us=via is not None and via.id == bot.id,
        automatic_forward=bool(message.is_automatic_forward),
        attached=message.effective_attachment is not None,
    )


def place(message: Message) -> Place:
    """Where the answer to a message goes. A thread that is no forum topic, and the General one, are not named."""
    topic = message.message_thread_id if message.is_topic_message else None
    return Place(
        chat_id=message.chat_id,
        question_id=message.message_id,
        thread_id=None if topic == 1 else topic,
        channel=message.chat.type == ChatType.CHANNEL,
        preface=preface(message),
    )


def listener(message: Message, bot: Bot) -> Recipient:
    """To whom the answer to a message speaks."""
    return Recipient(
        today=(message.edit_date or message.date).date(),
        private=message.chat.type == ChatType.PRIVATE,
        language=closest_language(message.from_user.language_code if message.from_user else None),
        us=bot.username,
    )


def presser(query: CallbackQuery, message: Message, bot: Bot) -> Recipient:
    """To whom that speaks which a press calls for."""
    return listener(message, bot).model_copy(update={"language": closest_language(query.from_user.language_code)})


def asker(message: Message) -> int | None:
    """Who wrote a message; None where it is written in the name of a chat, for then nobody can tell."""
    return message.from_user.id if message.from_user and message.sender_chat is None else None


def _marks(message: Message, bot: Bot) -> tuple[MarkedText, ...]:
    found = message.parse_entities([*_NAMES]) or message.parse_caption_entities([*_NAMES])
    return tuple(
        MarkedText(type=entity.type, text=text, names_us=entity.user is not None and entity.user.id == bot.id)
        for entity, text in found.items()
    )


def _replies_to(message: Message, bot: Bot) -> bool:
    """Whether a person replies to the bot; a message in a topic replies to the topic's start when to nothing else."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None or answered.from_user is None:
        return False
    return answered.from_user.id == bot.id


OLD = timedelta(minutes=5)


def is_too_late(message: Message) -> bool:
    """Whether a group has long gone on talking about something else."""
    return _is_old(message) and message.chat.type != ChatType.PRIVATE


def preface(message: Message) -> str:
    """What an answer to a person's old direct message begins with: when that was written; nothing for others."""
    person = message.from_user
    if person is None or person.is_bot or message.chat.type != ChatType.PRIVATE or not _is_old(message):
        return ""
    asked, language = _time(message), closest_language(person.language_code)
    return line("asked_at", language, day=asked.date(), time=f"{asked:%H:%M}")


def _is_old(message: Message) -> bool:
    return datetime.now(UTC) - _time(message) > OLD


def _time(message: Message) -> datetime:
    return message.edit_date or message.date
