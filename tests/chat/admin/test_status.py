"""/status tells administrators how the bot is, and nobody else."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.chat.admin.status import _duration
from tests.chat.conftest import Shelved
from tests.chat.wired import WiredBot
from tests.factories import make_article

BOSS, STRANGER = 1001, 2002


def shown(folder: Path, user: int, reader: str | None = None, **me: bool) -> str:
    async def run() -> str:
        service = Shelved([make_article()])
        service.reader = reader
        async with WiredBot(folder, service, admins=frozenset({BOSS})) as bot:
            bot.telegram.me |= me
            await bot.receive(bot.message("/status", user))
            return bot.telegram.texts(user)[-1]

    return asyncio.run(run())


def test_it_shows_articles_what_waits_what_failed_and_the_time_of_keeping(tmp_path):
    text = shown(tmp_path, BOSS)
    for words in ("Articles: 1", "Waiting: 1", "Failed since the start: 0", "polling", "kept for 90 days"):
        assert words in text


@pytest.mark.parametrize(("reads_all", "words"), [(True, "Privacy mode is off"), (False, "Privacy mode is on")])
def test_it_explains_privacy_mode(tmp_path, reads_all, words):
    assert words in shown(tmp_path, BOSS, can_read_all_group_messages=reads_all)


@pytest.mark.parametrize(("reader", "line"), [("e79b531d64fe", "Reader: e79b531d64fe"), (None, "Reader: none")])
def test_it_names_the_reader(tmp_path, reader, line):
    assert line in shown(tmp_path, BOSS, reader).splitlines()


def test_who_is_no_administrator_is_refused(tmp_path):
    assert "Only Dateline's administrators" in shown(tmp_path, STRANGER)


@pytest.mark.parametrize(("seconds", "span"), [(59.9, "00:00:59"), (3_723, "01:02:03"), (266_645, "3 d 02:04:05")])
def test_a_duration_is_shown_in_days_and_hours(seconds, span):
    assert _duration(seconds) == span
