"""What is done now and then while the bot runs: dropping what is old, telling the administrators what was missed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.chat.features import Clean
from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.persistence.votes import UnansweredQuestions
from bot.chat.transport.cancellation import pause
from bot.chat.transport.rate_limiter import RequestManner
from bot.chat.transport.sender import NO_PREVIEW
from bot.chat.types import DEFAULT
from bot.chat.views.i18n import page
from bot.chat.views.renderer import render

log = logging.getLogger(__name__)

BETWEEN_LOOKS: Final = 600.0
DAY, WEEK = timedelta(days=1), timedelta(days=7)
MOST_IN_DIGEST: Final = 20

# does something now that was done last then (None: never before); whether it is done
Work = Callable[[datetime, datetime | None], Awaitable[bool]]


@dataclass(frozen=True)
class Job:
    """Something to do once in a while; its name is remembered across restarts."""

    name: str
    every: timedelta
    work: Work


class Maintenance:
    """Does each chore when it is due, also where it fell due while the bot did not run; ``clock`` gives seconds since
    1970."""

    def __init__(self, chores: Sequence[Job], memory: ChatDatabase, clock: Callable[[], float] = time.time) -> None:
        self._chores = chores
        self._memory = memory
        self._clock = clock

    async def run(self, stopping: asyncio.Event) -> None:
        """Look after the chores until the bot stops."""
        while not stopping.is_set():
            await self.look()
            await pause(stopping, BETWEEN_LOOKS)

    async def look(self) -> None:
        """Do what is due; what fails is tried again at the next look."""
        now = datetime.fromtimestamp(self._clock(), UTC)
        for chore in self._chores:
            last = self._last(chore.name)
            if last is not None and now - last < chore.every:
                continue
            try:
                done = await chore.work(now, last)
            except Exception:
                log.exception("The %s could not be done", chore.name)
            else:
                if done:
                    self._note(chore.name, now)

    def _last(self, name: str) -> datetime | None:
        rows = self._memory.rows("SELECT at FROM chores WHERE name = ?", name)
        return datetime.fromtimestamp(rows[0][0], UTC) if rows else None

    def _note(self, name: str, now: datetime) -> None:
        self._memory.run("INSERT OR REPLACE INTO chores (name, at) VALUES (?, ?)", name, int(now.timestamp()))


def cleaning(cleaners: Sequence[Clean], days: int) -> Job:
    """Drop every day what is older than so many days."""

    async def clean(now: datetime, last: datetime | None) -> bool:
        for each in cleaners:
            await asyncio.to_thread(each, now - timedelta(days=days))
        log.info("Dropped what was older than %d days", days)
        return True

    return Job("cleaning", DAY, clean)


class UnansweredDigest:
    """The questions of a week that had no answer, told to the administrators; the first comes after a week."""

    def __init__(self, bot: ExtBot[RequestManner], admins: frozenset[int], memory: ChatDatabase) -> None:
        self._bot = bot
        self._admins = admins
        self._silences = UnansweredQuestions(memory)
        self._chats = PreferenceStore(memory)

    def chore(self) -> Job:
        """Telling them every week."""
        return Job("digest", WEEK, self.tell)

    async def tell(self, now: datetime, last: datetime | None) -> bool:
        """Tell what had no answer since the last time, if anything; False where Telegram took it from nobody."""
        silences = self._silences.listed(MOST_IN_DIGEST, since=last) if last else ()
        if not silences or not self._admins:
            return True
        sent = False
        for admin in sorted(self._admins):
            language = self._chats.of(admin).language or DEFAULT
            parts = render(page("digest", language, silences=silences, since=last.date() if last else None))
            sent = await self._sent(admin, [part.html for part in parts]) or sent
        return sent

    async def _sent(self, admin: int, texts: Sequence[str]) -> bool:
        try:
            for text in texts:
                await self._bot.send_message(admin, text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW)
        except TelegramError as error:
            log.warning("The digest did not reach administrator %d: %s", admin, error)
            return False
        return True
