"""Jobs that run now and then: dropping what is old, and a digest of unanswered questions for the administrators."""

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

# seconds between two checks of what is due
CHECK_SECONDS: Final = 600.0
DAY, WEEK = timedelta(days=1), timedelta(days=7)
MOST_IN_DIGEST: Final = 20

# takes the time now and that of the last time (None: never before); returns whether it is done
Work = Callable[[datetime, datetime | None], Awaitable[bool]]


@dataclass(frozen=True)
class Job:
    """Work to do once in a while; when it was last done is stored under its name."""

    name: str
    every: timedelta
    work: Work


class Maintenance:
    """Runs each job when it is due, also where it became due while the bot did not run.

    ``clock`` gives seconds since 1970.
    """

    def __init__(self, jobs: Sequence[Job], database: ChatDatabase, clock: Callable[[], float] = time.time) -> None:
        self._jobs = jobs
        self._database = database
        self._clock = clock

    async def run(self, stopping: asyncio.Event) -> None:
        """Run jobs until the bot stops."""
        while not stopping.is_set():
            await self.run_due()
            await pause(stopping, CHECK_SECONDS)

    async def run_due(self) -> None:
        """Run the jobs that are due; what fails is tried again at the next check."""
        now = datetime.fromtimestamp(self._clock(), UTC)
        for job in self._jobs:
            last = self._last(job.name)
            if (last is None or now - last >= job.every) and await _succeeds(job, now, last):
                self._note(job.name, now)

    def _last(self, name: str) -> datetime | None:
        rows = self._database.rows("SELECT at FROM chores WHERE name = ?", name)
        return datetime.fromtimestamp(rows[0][0], UTC) if rows else None

    def _note(self, name: str, now: datetime) -> None:
        self._database.run("INSERT OR REPLACE INTO chores (name, at) VALUES (?, ?)", name, int(now.timestamp()))


async def _succeeds(job: Job, now: datetime, last: datetime | None) -> bool:
    try:
        return await job.work(now, last)
    except Exception:
        log.exception("The job %s failed", job.name)
        return False


def cleaning(cleaners: Sequence[Clean], days: int) -> Job:
    """The job that drops what is older than so many days, each day."""

    async def clean(now: datetime, last: datetime | None) -> bool:
        for each in cleaners:
            await asyncio.to_thread(each, now - timedelta(days=days))
        log.info("Dropped what was older than %d days", days)
        return True

    return Job("cleaning", DAY, clean)


class UnansweredDigest:
    """The questions of a week that had no answer, sent to the administrators; the first comes after a week."""

    def __init__(self, bot: ExtBot[RequestManner], admins: frozenset[int], database: ChatDatabase) -> None:
        self._bot = bot
        self._admins = admins
        self._unanswered = UnansweredQuestions(database)
        self._preferences = PreferenceStore(database)

    def job(self) -> Job:
        """The job that sends the digest, each week."""
        return Job("digest", WEEK, self.send)

    async def send(self, now: datetime, last: datetime | None) -> bool:
        """Send what had no answer since the last time, if anything; False where Telegram took it for nobody."""
        questions = self._unanswered.listed(MOST_IN_DIGEST, since=last) if last else ()
        if not questions or not self._admins:
            return True
        sent = False
        for admin in sorted(self._admins):
            language = self._preferences.of(admin).language or DEFAULT
            parts = render(page("digest", language, silences=questions, since=last.date() if last else None))
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
