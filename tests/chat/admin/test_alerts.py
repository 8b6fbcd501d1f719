"""A reader notifies the administrators of a question without an answer."""

from __future__ import annotations

from telegram.error import Forbidden

from bot.chat.admin.alerts import MOST_ALERTS
from tests.chat.handlers.scenes import ALICE, BOB, UNANSWERED, ask, labels, notices, play
from tests.chat.wired import WiredBot

ADMINS = {"admins": frozenset({BOB})}
SENT = "The editors were notified."


def test_the_administrators_receive_a_question_once(tmp_path):
    async def scene(bot: WiredBot) -> None:
        answer = await ask(bot, UNANSWERED)
        assert "Notify the editors" in labels(bot, answer)
        for _ in range(2):
            await bot.receive(bot.press(answer, "alert.", ALICE))
        assert [notice.startswith(SENT) for notice in notices(bot)] == [True, True]
        (alert,) = bot.telegram.texts(BOB)
        assert UNANSWERED in alert and str(ALICE) not in alert

    play(tmp_path, scene, **ADMINS)


def test_one_person_sends_a_few_an_hour(tmp_path):
    async def scene(bot: WiredBot) -> None:
        for number in range(MOST_ALERTS + 1):
            answer = await ask(bot, f"Whose m{number * 'o'}n sank?")
            await bot.receive(bot.press(answer, "alert.", ALICE))
        assert len(bot.telegram.texts(BOB)) == MOST_ALERTS
        assert "enough questions for now" in notices(bot)[-1]

    play(tmp_path, scene, **ADMINS)


def test_an_administrator_who_cannot_be_reached_is_logged(tmp_path, caplog):
    async def scene(bot: WiredBot) -> None:
        answer = await ask(bot, UNANSWERED)
        bot.telegram.failures[BOB] = Forbidden("bot was blocked by the user")
        await bot.receive(bot.press(answer, "alert.", ALICE))
        assert notices(bot)[-1].startswith(SENT)
        assert f"Administrator {BOB} could not be notified" in caplog.text

    play(tmp_path, scene, **ADMINS)


def test_without_administrators_there_is_no_button(tmp_path):
    async def scene(bot: WiredBot) -> None:
        assert "Notify the editors" not in labels(bot, await ask(bot, UNANSWERED))

    play(tmp_path, scene)
