"""Questions that were asked while the bot was away: direct ones are answered with their date, others are skipped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from telegram import Message
from telegram.constants import ChatType

from bot.chat.catalogue import line
from bot.chat.rendering import Part

OLD = timedelta(minutes=5)


def is_too_late(message: Message) -> bool:
    """Whether a group has long gone on talking about something else."""
    return _is_old(message) and message.chat.type != ChatType.PRIVATE


def dated(parts: Sequence[Part], message: Message, language: str) -> tuple[Part, ...]:
    """The parts of an answer, the first beginning with the time of the question where that is old."""
    if not parts or not _is_old(message):
        return tuple(parts)
    asked = _time(message)
    when = line("asked_at", language, day=asked.date(), time=f"{asked:%H:%M}")
    first = parts[0].model_copy(
        update={"html": f"<i>{when}</i>\n\n{parts[0].html}", "plain": f"{when}\n\n{parts[0].plain}"}
    )
    return (first, *parts[1:])


def _is_old(message: Message) -> bool:
    return datetime.now(UTC) - _time(message) > OLD


def _time(message: Message) -> datetime:
    return message.edit_date or message.date
