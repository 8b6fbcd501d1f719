"""Whoever asks to be forgotten is forgotten: nothing of them is left in any table or file."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.chat.conftest import Shelved
from tests.chat.wired import DATABASES, Body, WiredBot, chat, columns
from tests.factories import SENTENCE, make_article

WHO, OTHER, GROUP = 918273645, 564738291, -1001000000077
SECRET_WORD = "zanzibar"
QUESTION = f"When did the ferry of {SECRET_WORD} reach Dover?"
UNANSWERED = f"Whose {SECRET_WORD} sank?"
ANOTHER = "When did the ferry reach Dover?"

# what each column may hold of a person: their number, their words, or neither
PERSONAL = {
    "chat.updates": {"chat_id", "body"},
    "chat.answers": {"chat_id"},
    "chat.sending": {"chat_id"},
    "memory.answers": {"record"},
    "memory.shown": {"chat_id", "asker"},
    "memory.votes": {"voter", "record"},
    "memory.silences": {"question", "bare"},
    "memory.preferences": {"chat_id", "record"},
    "memory.turns": {"chat_id", "turn", "asker"},
}
IMPERSONAL = {
    "chat.updates": {"number", "update_id", "message_id", "received", "resumed"},
    "chat.answers": {"number", "question_id", "part", "message_id", "fingerprint", "said"},
    "chat.sending": {"number", "question_id", "floor"},
    "memory.answers": {"number", "id", "at"},
    "memory.shown": {"number", "at", "message_id", "below_id", "answer"},
    "memory.votes": {"number", "at", "answer", "verdict", "reason", "by_reaction"},
    "memory.silences": {"number", "at", "reason", "asked"},
    "memory.preferences": set(),
    "memory.turns": {"number", "at", "message_id"},
    "memory.chores": {"name", "at"},
    "memory.moves": {"before", "after"},  # groups of the allow-list
}

Story = Callable[[WiredBot], Awaitable[None]]


def live(folder: Path, story: Story, **settings: Any) -> WiredBot:
    """Let a bot over a folder live through something; the folder is what it leaves."""

    async def run() -> WiredBot:
        async with WiredBot(folder, Shelved([make_article()]), **settings) as bot:
            await story(bot)
            return bot

    return asyncio.run(run())


def newest(bot: WiredBot, chat_id: int) -> int:
    """The number of the last message that was sent to a chat."""
    return max(number for number, body in bot.telegram.standing.items() if int(body["chat_id"]) == chat_id)


async def use_everything(bot: WiredBot) -> None:
    """Ask, go on, vote, set and react, in a direct chat and in a group where somebody else asks too."""
    await bot.receive(bot.message(QUESTION, WHO))
    answer = newest(bot, WHO)
    await bot.receive(bot.message("Why?", WHO))
    await bot.receive(bot.press(answer, "passage.", WHO), bot.press(answer, "good.", WHO))
    await bot.receive(bot.message("/settings", WHO))
    await bot.receive(bot.press(newest(bot, WHO), "setting.language=ru", WHO))
    await bot.receive(bot.message(f"/ask {QUESTION}", WHO, GROUP))
    asked = newest(bot, GROUP)
    await bot.receive(bot.message(f"/ask {ANOTHER}", OTHER, GROUP))
    others = newest(bot, GROUP)
    await bot.receive(bot.message(f"/ask {UNANSWERED}", WHO, GROUP))
    await bot.receive(
        bot.press(others, "bad.", WHO), bot.press(others, "good.", OTHER), bot.press(asked, "passage.", WHO)
    )
    reaction = {
        "chat": chat(GROUP),
        "message_id": asked,
        "date": 1,
        "user": {"id": WHO, "is_bot": False, "first_name": "x"},
    }
    emoji = [{"type": "emoji", "emoji": "👍"}]
    await bot.receive({"message_reaction": reaction | {"old_reaction": [], "new_reaction": emoji}})
    bot.journal.accept([{"update_id": 10**9} | bot.message(f"/ask {QUESTION}", WHO, GROUP)])  # never done with
    bot.state.begin_sending(WHO, 3)


def traces(folder: Path, of: str) -> set[tuple[str, str]]:
    """The columns in which something stands."""
    return {(table, name) for table, name, values in columns(folder) if any(of in str(value) for value in values)}


def test_every_column_is_known_to_be_personal_or_not(tmp_path):
    live(tmp_path, use_everything)
    found: dict[str, set[str]] = {}
    for table, name, _ in columns(tmp_path):
        found.setdefault(table, set()).add(name)
    assert found == {table: PERSONAL.get(table, set()) | known for table, known in IMPERSONAL.items()}


def test_the_story_leaves_something_in_every_personal_column(tmp_path):
    """Else the next test would prove nothing."""
    live(tmp_path, use_everything)
    left = traces(tmp_path, str(WHO)) | traces(tmp_path, SECRET_WORD) | traces(tmp_path, "ru")
    personal = {(table, name) for table, names in PERSONAL.items() for name in names}
    assert personal - left == set()


async def ask_to_be_forgotten(bot: WiredBot) -> None:
    await use_everything(bot)
    await bot.receive(bot.message("/forget", WHO))


async def ask_it_in_the_group(bot: WiredBot) -> None:
    await use_everything(bot)
    await bot.receive(bot.message("/forget@lab_bot", WHO, GROUP))


async def block(bot: WiredBot) -> None:
    await use_everything(bot)
    await bot.receive(membership(WHO, "kicked"))


def membership(chat_id: int, status: str, by: int = WHO) -> Body:
    """The update of the bot's new place in a chat."""
    us = {"id": 700000001, "is_bot": True, "first_name": "Lab bot"}
    old, new = ({"user": us, "status": each} for each in ("member", status))
    new |= {"until_date": 0} if status == "kicked" else {}
    sender = {"id": by, "is_bot": False, "first_name": "x"}
    return {
        "my_chat_member": {
            "chat": chat(chat_id),
            "from": sender,
            "date": 1,
            "old_chat_member": old,
            "new_chat_member": new,
        }
    }


@pytest.mark.parametrize("story", [ask_to_be_forgotten, ask_it_in_the_group, block])
def test_who_asks_for_it_or_blocks_the_bot_is_forgotten_in_every_table_and_file(tmp_path, story):
    bot = live(tmp_path, story)
    assert traces(tmp_path, str(WHO)) == set()
    assert traces(tmp_path, SECRET_WORD) == set()
    for file in DATABASES:
        for each in tmp_path.glob(f"{file}*"):
            assert SECRET_WORD.encode() not in each.read_bytes(), each
    assert traces(tmp_path, str(OTHER))  # what others asked stays
    if story is not block:
        assert bot.telegram.sent()[-1]["text"].startswith(("Deleted: your questions", "Удалено: ваши вопросы"))


def test_nothing_is_answered_twice_after_it(tmp_path):
    async def story(bot: WiredBot) -> None:
        update = {"update_id": 77} | bot.message(ANOTHER, WHO)
        for _ in range(2):
            await bot.take([update])
            await bot.receive(bot.message("/forget", WHO))
        assert sum(SENTENCE in text for text in bot.telegram.texts(WHO)) == 1

    live(tmp_path, story)


def test_the_conversations_of_others_continue(tmp_path):
    async def story(bot: WiredBot) -> None:
        await use_everything(bot)
        _, others, *_ = sorted(n for n, body in bot.telegram.standing.items() if int(body["chat_id"]) == GROUP)
        await bot.receive(bot.message("/forget", WHO))
        await bot.receive(bot.press(others, "passage.", OTHER))
        assert SENTENCE in bot.telegram.texts(GROUP)[-1]

    live(tmp_path, story)


async def write_in_the_chats_name(bot: WiredBot) -> None:
    await use_everything(bot)
    await bot.receive(bot.message("/forget", 1087968824, GROUP, sender_chat=chat(GROUP)))


async def throw_out(bot: WiredBot) -> None:
    await use_everything(bot)
    await bot.receive(membership(GROUP, "left"))


@pytest.mark.parametrize("story", [write_in_the_chats_name, throw_out])
def test_a_group_is_forgotten_in_its_own_name_or_when_it_throws_the_bot_out(tmp_path, story):
    live(tmp_path, story)
    assert traces(tmp_path, str(GROUP)) <= {("chat.updates", "body")}
    assert ("memory.shown", "asker") in traces(tmp_path, str(WHO))  # in the direct chat


def test_a_basic_group_that_becomes_a_supergroup_is_not_forgotten(tmp_path):
    async def story(bot: WiredBot) -> None:
        await bot.receive(bot.message(f"/ask {ANOTHER}", WHO, -77))
        await bot.receive(membership(-77, "left"))

    live(tmp_path, story)
    assert ("memory.shown", "chat_id") in traces(tmp_path, "-77")


@pytest.mark.parametrize(("language", "words"), [("en", "for 12 days"), ("tr", "12 gün"), ("ru", "12 дн.")])
def test_privacy_says_for_how_long(tmp_path, language, words):
    async def story(bot: WiredBot) -> None:
        sender = {"id": WHO, "is_bot": False, "first_name": "x", "language_code": language}
        body = bot.message("/privacy", WHO)
        body["message"]["from"] = sender
        await bot.receive(body)
        assert words in bot.telegram.texts(WHO)[-1]

    live(tmp_path, story, retention_days=12)
