"""A week of days with a thousand updates each: what the chat remembers stays small, because what is old goes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.chat.conftest import Shelved
from tests.chat.wired import DATABASES, Body, WiredBot, chat, columns
from tests.factories import make_article

DAYS, ROUNDS = 7, 100
BOSS, GROUP = 1001, -1001000000077
# days to come, for what was asked long ago is answered in another way
BEGAN = (datetime.now(UTC).replace(hour=6) + timedelta(days=30)).timestamp()
KEPT_DAYS = 1
UPDATES_A_ROUND = 10
# 8 MB of them are SQLite's two write-ahead logs, whatever is in the tables
MOST_BYTES = 12 * 2**20


class Clock:
    now = BEGAN

    def __call__(self) -> float:
        return self.now


class Week:
    """A bot that is used for some days, each a few hours of steady use and a night in which it is cleaned."""

    def __init__(self, folder: Path, *, cleans: bool) -> None:
        self.folder, self.clock = folder, Clock()
        self.sizes: list[int] = []
        self.rows: list[int] = []
        self.digests: list[str] = []
        self.cleans = cleans

    async def pass_by(self, days: int, rounds: int) -> None:
        service = Shelved([make_article()])
        settings = {"admins": frozenset({BOSS}), "retention_days": KEPT_DAYS}
        async with WiredBot(self.folder, service, self.clock, cleans=self.cleans, **settings) as bot:
            await bot.upkeep.run_due()  # as at every start
            for day in range(days):
                for number in range(rounds):
                    await self._round(bot, f"{day}x{number}", 5000 + number)
                    self.clock.now += timedelta(hours=12).total_seconds() / rounds
                self.clock.now = BEGAN + timedelta(days=day + 1).total_seconds()
                await bot.upkeep.run_due()
                self._measure()
            self.digests = [text for text in bot.telegram.texts(BOSS) if "without an answer since" in text]

    async def _round(self, bot: WiredBot, mark: str, user: int) -> None:
        """A person asks, goes on, looks, votes and types inline; a group asks, reacts and edits."""
        asked = bot.message(f"When did the ferry {mark} reach Dover?", user)
        await bot.receive(asked, bot.message(f"/ask Whose {mark} sank?", user, GROUP))
        answer = max(n for n, body in bot.telegram.standing.items() if int(body["chat_id"]) == user)
        message = asked["message"]
        edited = message | {"text": f"When did ferry {mark} reach Dover?", "edit_date": message["date"] + 1}
        person = {"id": user, "is_bot": False, "first_name": "x"}
        thumb = {"chat": chat(user), "message_id": answer, "date": 1, "user": person, "old_reaction": []}
        inline: list[Body] = [
            {"inline_query": {"id": f"{mark}{n}", "from": person, "query": "ferry"[:n] + mark, "offset": ""}}
            for n in (3, 5)
        ]
        await bot.receive(
            bot.message("Why?", user),
            bot.press(answer, "passage.", user),
            bot.press(answer, "good.", user),
            {"edited_message": edited},
            {"message_reaction": thumb | {"new_reaction": [{"type": "emoji", "emoji": "👍"}]}},
            *inline,
            bot.message("something that is not for the bot", user, GROUP),
        )
        bot.telegram.standing.clear()

    def _measure(self) -> None:
        files = (file for name in DATABASES for file in self.folder.glob(f"{name}*"))
        self.sizes.append(sum(file.stat().st_size for file in files))
        self.rows.append(sum(len(values) for _, name, values in columns(self.folder) if name in {"number", "name"}))


def spent(folder: Path, days: int, rounds: int, *, cleans: bool = True) -> Week:
    week = Week(folder, cleans=cleans)
    asyncio.run(week.pass_by(days, rounds))
    return week


def test_a_week_leaves_no_more_than_the_days_that_are_kept(tmp_path):
    week = spent(tmp_path, DAYS, ROUNDS)
    a_day = week.rows[0]
    assert a_day >= ROUNDS * UPDATES_A_ROUND
    assert max(week.rows) <= (KEPT_DAYS + 1) * a_day
    assert week.rows[-1] <= 1.05 * week.rows[2]
    assert week.sizes[-1] <= 1.1 * week.sizes[2]
    assert max(week.sizes) < MOST_BYTES
    assert len(week.digests) == 1 and "Whose" in week.digests[0]


def test_without_cleaning_it_would_grow_from_day_to_day(tmp_path):
    week = spent(tmp_path, 3, 10, cleans=False)
    assert week.rows == pytest.approx([week.rows[0], 2 * week.rows[0], 3 * week.rows[0]], rel=0.05)
    with pytest.raises(AssertionError):
        assert max(week.rows) <= (KEPT_DAYS + 1) * week.rows[0]
