"""Should the bot speak, and about what? One pure function over the facts of a message.

In a direct chat any text is a question. In a group the bot speaks when it is commanded, mentioned or replied to; in a
channel when a post commands or mentions it; where a chat wishes so, only when it is commanded. Everything else is met
with silence.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from bot.chat.commands import BY_NAME, Action
from retrieval.models import Record


class ChatKind(StrEnum):
    """The kinds of chat, as Telegram names them."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class MarkedText(Record):
    """A stretch of a message that Telegram marks: its type, its words, and whether it names this bot."""

    type: str
    text: str
    names_us: bool = False


class IncomingMessage(Record):
    """The facts of one message that decide whether it is for the bot.

    ``us`` is the bot's username without the ``@``. ``from_bot`` holds for anonymous admins and people who write in
    the name of a channel too, whom Telegram shows as bots; ``for_chat`` tells them apart. ``attached`` is any content
    that is not text; ``commands_only`` is the chat's own wish.
    """

    where: ChatKind
    us: str
    text: str | None = None
    marks: tuple[MarkedText, ...] = ()
    from_bot: bool = False
    from_us: bool = False
    for_chat: bool = False
    replies_to_us: bool = False
    via_bot: bool = False
    via_us: bool = False
    automatic_forward: bool = False
    attached: bool = False
    commands_only: bool = False


class Request(Record):
    """What a message asks of the bot; ``text`` is the question, the command's argument or the unknown command."""

    action: Action
    text: str = ""


IGNORED = Request(action=Action.IGNORE)

_COMMAND = re.compile(r"/(?P<name>\w{1,32})(?:@(?P<whose>\w+))?(?=\s|$)\s*(?P<rest>.*)", re.ASCII | re.DOTALL)
_LEFT_BY_A_MENTION = " \t\n,:;–—-"


class _Command(NamedTuple):
    name: str
    whose: str | None
    rest: str


def hear(said: IncomingMessage) -> Request:
    """What a message asks of the bot, or IGNORED where it is not for it."""
    if _not_a_persons(said):
        return IGNORED
    text = (said.text or "").strip()
    if not text:
        return Request(action=Action.ONLY_TEXT) if said.attached and said.where is ChatKind.PRIVATE else IGNORED
    mentioned = _mentions_us(said, text)
    asked = _without_mention(text, said) if mentioned else text
    command = _command(asked)
    if command is not None:
        return _commanded(command, said, mentioned)
    if said.where is ChatKind.PRIVATE:
        return _asked(asked)
    if not said.commands_only and (mentioned or _is_reply_in_group(said)):
        return _asked(asked)
    return IGNORED


def _not_a_persons(said: IncomingMessage) -> bool:
    """Messages of bots, our own, copies of channel posts, and what an inline bot wrote."""
    written_inline = said.via_us or (said.via_bot and said.where is not ChatKind.PRIVATE)
    return said.from_us or said.automatic_forward or written_inline or (said.from_bot and not said.for_chat)


def _is_reply_in_group(said: IncomingMessage) -> bool:
    return said.replies_to_us and said.where in (ChatKind.GROUP, ChatKind.SUPERGROUP)


def _asked(text: str) -> Request:
    return Request(action=Action.ANSWER, text=text) if text else Request(action=Action.USAGE)


def _command(text: str) -> _Command | None:
    found = _COMMAND.match(text)
    return _Command(found["name"].lower(), found["whose"], found["rest"].strip()) if found else None


def _commanded(command: _Command, said: IncomingMessage, mentioned: bool) -> Request:
    if command.whose is not None and command.whose.casefold() != said.us.casefold():
        return IGNORED
    named = mentioned or command.whose is not None
    if command.name == "ask":
        return _asked(command.rest)
    if said.where is ChatKind.CHANNEL and not named:
        return IGNORED
    known = BY_NAME.get(command.name)
    if known and (said.where is ChatKind.PRIVATE or not known.private):
        return Request(action=known.action, text=command.rest)
    if named or said.where is ChatKind.PRIVATE:
        return Request(action=Action.UNKNOWN_COMMAND, text=f"/{command.name}")
    return IGNORED


def _mentions_us(said: IncomingMessage, text: str) -> bool:
    return any(_names_us(mark, said.us) for mark in said.marks) or bool(_mention(said.us).search(text))


def _names_us(mark: MarkedText, us: str) -> bool:
    return mark.names_us or (mark.type == "mention" and mark.text.casefold() == f"@{us}".casefold())


def _without_mention(text: str, said: IncomingMessage) -> str:
    for mark in said.marks:
        if mark.names_us:
            text = text.replace(mark.text, " ", 1)
    left = _mention(said.us).sub(" ", text)
    return re.sub(r"[ \t]+", " ", left).lstrip(_LEFT_BY_A_MENTION).rstrip()


def _mention(us: str) -> re.Pattern[str]:
    """The bot's name as a person types it; a command's ``/ask@name``, an address or a longer name is not it."""
    return re.compile(rf"(?<![\w@/.])@{re.escape(us)}(?!\w)", re.IGNORECASE)
