"""The bot's commands, one table: routing, menus, /help and the escaping of command names all follow from it.

To add a command, add a row to ``COMMANDS``, its description to ``[menu]`` and, unless only the bot's administrators
may use it, a page ``help_NAME`` to ``[pages]`` in every file of ``views/texts/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from retrieval.models import Record


class Action(StrEnum):
    """What the bot does about a message."""

    IGNORE = "ignore"
    ANSWER = "answer"
    USAGE = "usage"
    START = "start"
    HELP = "help"
    SOURCES = "sources"
    ARTICLE = "article"
    ABOUT = "about"
    SETTINGS = "settings"
    NEW = "new"
    ADD = "add"
    REMOVE = "remove"
    ARTICLES = "articles"
    RELOAD = "reload"
    WHY = "why"
    UNANSWERED = "unanswered"
    STATUS = "status"
    PRIVACY = "privacy"
    FORGET = "forget"
    DELETE = "delete"
    UNKNOWN_COMMAND = "unknown_command"
    ONLY_TEXT = "only_text"


class Users(StrEnum):
    """Who may use a command; ``CHAT_ADMINS`` administer the chat where it is sent, ``BOT_ADMINS`` the bot."""

    EVERYBODY = "everybody"
    CHAT_ADMINS = "chat_admins"
    BOT_ADMINS = "bot_admins"


class MenuScope(StrEnum):
    """The chats that share a menu of commands."""

    DEFAULT = "default"
    PRIVATE = "private"
    GROUPS = "groups"
    GROUP_ADMINS = "group_admins"
    BOT_ADMINS = "bot_admins"


class Command(Record):
    """One command.

    ``private`` commands are understood in direct chats only. Telegram turns a command's name in any text into a
    link that sends the command. ``renderer`` prevents that but for ``tappable`` commands, those that change nothing: an
    article's text may contain such a name too.
    """

    name: str
    action: Action
    users: Users = Users.EVERYBODY
    private: bool = False
    tappable: bool = False
    in_menu: bool = True

    def is_shown_in(self, scope: MenuScope) -> bool:
        """Whether the menu of these chats shows the command."""
        if scope is MenuScope.BOT_ADMINS:
            return self.in_menu
        if scope is MenuScope.PRIVATE:
            return self.in_menu and self.users is not Users.BOT_ADMINS
        allowed = (Users.EVERYBODY, Users.CHAT_ADMINS) if scope is MenuScope.GROUP_ADMINS else (Users.EVERYBODY,)
        return self.in_menu and not self.private and self.users in allowed


def _for_bot_admins(name: str, action: Action, *, tappable: bool = False) -> Command:
    return Command(name=name, action=action, users=Users.BOT_ADMINS, private=True, tappable=tappable)


COMMANDS: Final = (
    # Telegram sends /start by itself, from the button that begins a direct chat
    Command(name="start", action=Action.START, tappable=True, in_menu=False),
    Command(name="ask", action=Action.ANSWER, tappable=True),
    Command(name="sources", action=Action.SOURCES, tappable=True),
    Command(name="article", action=Action.ARTICLE, tappable=True),
    Command(name="about", action=Action.ABOUT, tappable=True),
    Command(name="help", action=Action.HELP, tappable=True),
    Command(name="settings", action=Action.SETTINGS, users=Users.CHAT_ADMINS, tappable=True),
    Command(name="new", action=Action.NEW, private=True),
    Command(name="privacy", action=Action.PRIVACY, tappable=True),
    Command(name="forget", action=Action.FORGET),
    Command(name="delete", action=Action.DELETE),
    _for_bot_admins("add", Action.ADD),
    _for_bot_admins("remove", Action.REMOVE),
    _for_bot_admins("articles", Action.ARTICLES, tappable=True),
    _for_bot_admins("reload", Action.RELOAD),
    _for_bot_admins("why", Action.WHY),
    _for_bot_admins("unanswered", Action.UNANSWERED, tappable=True),
    _for_bot_admins("status", Action.STATUS),
)
BY_NAME: Final = {command.name: command for command in COMMANDS}


def menu_of(scope: MenuScope) -> Iterator[Command]:
    """The commands that the menu of these chats shows, in order."""
    return (command for command in COMMANDS if command.is_shown_in(scope))


def in_help() -> Iterator[Command]:
    """The commands that /help explains, in order."""
    return (command for command in COMMANDS if command.in_menu and command.users is not Users.BOT_ADMINS)
