"""A press reaches the handler of its action, whatever version of the bot sent the button."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from telegram import CallbackQuery, Update, User
from telegram.ext import ContextTypes

from bot.chat.handlers.buttons import button_handler
from bot.chat.views.buttons import ButtonAction, CallbackData
from tests.chat.conftest import Shelved
from tests.chat.wired import WiredBot
from tests.factories import SENTENCE, make_article

ALICE, BOB, GROUP = 1001, 1002, -1001000000077
QUESTION = "When did the ferry reach Dover?"
SILENT = "Whose moon sank?"
FORGOTTEN = "I no longer remember"


async def nothing(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None: ...


def pressed(data: str) -> Update:
    return Update(1, callback_query=CallbackQuery("1", User(ALICE, "Alice", False), "1", data=data))


def test_a_handler_takes_its_actions_alone():
    handler = button_handler(nothing, ButtonAction.PASSAGE, ButtonAction.PROOF)
    taken = ["passage.abcdefghijklmnop.0", "w.abcdefghijklmnop.0", "p.abcdefghijklmnop.1.b"]
    left = ["sources.abcdefghijklmnop.0", "g.abcdefghijklmnop.0", "q.abcdefghijklmnop.0", "passage"]
    assert all(handler.check_update(pressed(data)) for data in taken)
    assert not any(handler.check_update(pressed(data)) for data in left)


def after_press(folder: Path, data: str, question: str = QUESTION, chat_id: int = ALICE, user: int = ALICE) -> str:
    """What the bot says when this data comes back from under an answer; ``{id}`` is the answer's id."""

    async def run() -> str:
        async with WiredBot(folder, Shelved([make_article()]), admins=frozenset({BOB})) as bot:
            await bot.receive(bot.message(f"/ask {question}", ALICE, chat_id))
            (number, message), *_ = bot.telegram.standing.items()
            buttons = [button for row in message["reply_markup"]["inline_keyboard"] for button in row]
            (answer_id, *_) = {press.about for b in buttons if (press := CallbackData.read(b.get("callback_data", "")))}
            bot.telegram.calls.clear()
            await bot.receive(bot.press_with(number, data.format(id=answer_id), user))
            return "\n".join(str(given.get("text", "")) for _, given in bot.telegram.calls)

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("w.{id}.0", SENTENCE),
        ("p.{id}.0.b", "word for word"),
        ("s.{id}.0", "/article ferry"),
        ("g.{id}.0", "Noted: good"),
        ("b.{id}.0", "What is wrong with it?"),
        ("r.{id}.2.b", "Noted: wrong date"),
        ("x.{id}.0", "Taken back."),
        ("t.language=ru.0", "Русский"),
        ("n.{id}.0", "no other question"),
        ("a.{id}.0", f"<i>{QUESTION}</i>"),
        ("d.{id}.0", ""),
        ("q.{id}.0", FORGOTTEN),
        ("nonsense", FORGOTTEN),
    ],
)
def test_a_button_of_an_earlier_version_still_works(tmp_path, data, said):
    words = after_press(tmp_path, data)
    assert said in words
    assert (FORGOTTEN in words) == (said == FORGOTTEN)


def test_a_button_of_an_earlier_version_still_alerts_the_editors(tmp_path):
    words = after_press(tmp_path, "e.{id}.0", SILENT)
    assert SILENT in words and FORGOTTEN not in words


def test_only_who_asked_may_press(tmp_path):
    assert "person who asked" in after_press(tmp_path, "w.{id}.0", chat_id=GROUP, user=BOB)
