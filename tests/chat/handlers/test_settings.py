"""A chat's settings are seen by all and changed by its administrators."""

from __future__ import annotations

from bot.chat.persistence.preferences import AnswerLength, AnswerTrigger, PreferenceStore
from tests.chat.handlers.scenes import ALICE, BOB, GROUP, ask, labels, newest, notices, play, text
from tests.chat.wired import WiredBot, chat


def test_a_person_changes_the_settings_of_a_direct_chat(tmp_path):
    async def scene(bot: WiredBot) -> None:
        page = await ask(bot, "/settings")
        assert labels(bot, page) == ["Brief answers", "English", "Türkçe", "Русский"]
        await bot.receive(bot.press(page, "setting.length=brief", ALICE))
        assert PreferenceStore(bot.memory).of(ALICE).length is AnswerLength.BRIEF
        await bot.receive(bot.press(newest(bot), "setting.language=tr", ALICE))
        assert text(bot).startswith("<b>Bu sohbetin ayarları</b>")

    play(tmp_path, scene)


def test_in_a_group_only_administrators_change_them(tmp_path):
    async def scene(bot: WiredBot) -> None:
        page = await ask(bot, "/settings", BOB, GROUP)
        assert "Only administrators of this chat can change this." in text(bot, page)
        bot.telegram.chat_admins = {ALICE}
        page = await ask(bot, "/settings", ALICE, GROUP)
        await bot.receive(bot.press(page, "setting.when=commanded", BOB))
        assert notices(bot)[-1].startswith("Only administrators")
        assert PreferenceStore(bot.memory).of(GROUP).when is AnswerTrigger.ADDRESSED
        await bot.receive(bot.press(page, "setting.when=commanded", ALICE))
        assert PreferenceStore(bot.memory).of(GROUP).when is AnswerTrigger.COMMANDED

    play(tmp_path, scene)


def test_an_anonymous_administrator_may_change_them(tmp_path):
    async def scene(bot: WiredBot) -> None:
        page = await ask(bot, "/settings", 1087968824, GROUP, sender_chat=chat(GROUP))
        assert "Answer commands only" in labels(bot, page)

    play(tmp_path, scene)


def test_a_group_that_becomes_a_supergroup_keeps_them(tmp_path):
    async def scene(bot: WiredBot) -> None:
        preferences = PreferenceStore(bot.memory)
        preferences.keep(-77, preferences.of(-77).with_choice("language=ru"))
        moved = bot.message("x", ALICE, -77)["message"] | {"migrate_to_chat_id": GROUP}
        del moved["text"]
        await bot.receive({"message": moved})
        assert preferences.of(GROUP).language == "ru"
        assert preferences.of(-77).language is None

    play(tmp_path, scene)
