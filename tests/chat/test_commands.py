"""One table of commands: who sees which, and that every text is there."""

from __future__ import annotations

import pytest

from bot.chat.commands import BY_NAME, COMMANDS, Action, MenuScope, Users, in_help, menu_of
from bot.chat.types import LANGUAGES
from bot.chat.views.i18n import menu, tables

EVERYBODYS = ["ask", "sources", "article", "about", "help", "privacy", "forget", "delete"]


def names(scope: MenuScope) -> list[str]:
    return [command.name for command in menu_of(scope)]


def test_no_two_commands_share_a_name_or_an_action():
    assert len(BY_NAME) == len({command.action for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("scope", [MenuScope.DEFAULT, MenuScope.GROUPS])
def test_everybody_sees_what_everybody_may_use_everywhere(scope):
    assert names(scope) == EVERYBODYS


def test_who_administers_a_chat_sees_its_settings():
    assert set(names(MenuScope.GROUP_ADMINS)) == {*EVERYBODYS, "settings"}
    assert set(names(MenuScope.PRIVATE)) == {*EVERYBODYS, "settings", "new"}


def test_the_bots_administrators_see_every_command_but_start():
    assert names(MenuScope.BOT_ADMINS) == [command.name for command in COMMANDS if command.action is not Action.START]


def test_a_menu_shows_only_what_works_in_its_chats():
    for scope in (MenuScope.DEFAULT, MenuScope.GROUPS, MenuScope.GROUP_ADMINS):
        assert not any(command.private for command in menu_of(scope))


def test_a_command_that_changes_something_cannot_be_tapped():
    changing = {Action.NEW, Action.FORGET, Action.DELETE, Action.ADD, Action.REMOVE, Action.RELOAD}
    assert not any(command.tappable for command in COMMANDS if command.action in changing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_its_texts_and_no_other_has(language):
    assert set(menu(language)) == {command.name for command in COMMANDS if command.in_menu}
    explained = {key for key in tables(language)["pages"] if key.startswith("help_")} - {"help_commands"}
    assert explained == {f"help_{command.name}" for command in in_help()}


def test_help_is_for_everybody():
    assert not any(command.users is Users.BOT_ADMINS for command in in_help())
