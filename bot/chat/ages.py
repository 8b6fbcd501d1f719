"""Questions that were asked while the bot was away: direct ones are answered with their date, others are skipped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from telegram import Message
from telegram.constants import ChatType

from bot.chat.catalogue import closest_language, line

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
