"""Decides whether the bot acts on a message, and how: a pure function of a few facts about the message.

In a direct chat any text is a question. In a group the bot acts on commands, mentions and replies to it; in a channel
on posts with a command or a mention; where a chat's settings say so, on commands alone. It ignores everything else.
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


class RepliedMessage(Record):
    """The message that another one replies to: its id, whether the bot wrote it, its text, and the line of it that the
    reply quotes."""

    message_id: int
    from_us: bool
    text: str | None = None
    quote: str | None = None


class IncomingMessage(Record):
    """The facts of one message that decide whether the bot acts on it.

    ``us`` is the bot's username without the ``@``. ``from_bot`` also holds for anonymous administrators and people who
    write in the name of a channel, whom Telegram shows as bots; ``for_chat`` distinguishes these from bots.
    ``attached`` is any content that is not text; ``commands_only`` is a setting of the chat.
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

_COMMAND = re.compile(r"/(?P<name>\w{1,32})(?:@(?P<bot>\w+))?(?=\s|$)\s*(?P<rest>.*)", re.ASCII | re.DOTALL)
_AROUND_A_MENTION = " \t\n,:;–—-"


class _TypedCommand(NamedTuple):
    name: str
    bot: str | None
    rest: str


def route(message: IncomingMessage) -> Request:
    """What a message asks of the bot, or IGNORED where it asks nothing."""
    if not _is_from_a_person(message):
        return IGNORED
    text = (message.text or "").strip()
    if not text:
        attached = message.attached and message.where is ChatKind.PRIVATE
        return Request(action=Action.ONLY_TEXT) if attached else IGNORED
    mentioned = _mentions_us(message, text)
    asked = _without_mention(text, message) if mentioned else text
    command = _command(asked)
    if command is not None:
        return _route_command(command, message, mentioned)
    if message.where is ChatKind.PRIVATE:
        return _question(asked)
    if not message.commands_only and (mentioned or _is_reply_in_group(message)):
        return _question(asked)
    return IGNORED


def _is_from_a_person(message: IncomingMessage) -> bool:
    """False for messages of bots, our own, copies of channel posts, and what an inline bot wrote."""
    written_inline = message.via_us or (message.via_bot and message.where is not ChatKind.PRIVATE)
    from_a_bot = message.from_us or (message.from_bot and not message.for_chat)
    return not (written_inline or from_a_bot or message.automatic_forward)


def _is_reply_in_group(message: IncomingMessage) -> bool:
    return message.replies_to_us and message.where in (ChatKind.GROUP, ChatKind.SUPERGROUP)


def _question(text: str) -> Request:
    return Request(action=Action.ANSWER, text=text) if text else Request(action=Action.USAGE)


def _command(text: str) -> _TypedCommand | None:
    found = _COMMAND.match(text)
    return _TypedCommand(found["name"].lower(), found["bot"], found["rest"].strip()) if found else None


def _route_command(typed: _TypedCommand, message: IncomingMessage, mentioned: bool) -> Request:
    if typed.bot is not None and typed.bot.casefold() != message.us.casefold():
        return IGNORED
    command = BY_NAME.get(typed.name)
    if command is not None and command.action is Action.ANSWER:
        return _question(typed.rest)
    addressed = mentioned or typed.bot is not None
    # a post in a channel is meant for its readers: a command that does not name the bot may be part of the text
    if message.where is ChatKind.CHANNEL and not addressed:
        return IGNORED
    if command is not None and (message.where is ChatKind.PRIVATE or not command.private):
        return Request(action=command.action, text=typed.rest)
    if addressed or message.where is ChatKind.PRIVATE:
        return Request(action=Action.UNKNOWN_COMMAND, text=f"/{typed.name}")
    return IGNORED


def _mentions_us(message: IncomingMessage, text: str) -> bool:
    return any(_names_us(mark, message.us) for mark in message.marks) or bool(_mention(message.us).search(text))


def _names_us(mark: MarkedText, us: str) -> bool:
    return mark.names_us or (mark.type == "mention" and mark.text.casefold() == f"@{us}".casefold())


def _without_mention(text: str, message: IncomingMessage) -> str:
    for mark in message.marks:
        if mark.names_us:
            text = text.replace(mark.text, " ", 1)
    left = _mention(message.us).sub(" ", text)
    return re.sub(r"[ \t]+", " ", left).lstrip(_AROUND_A_MENTION).rstrip()


def _mention(us: str) -> re.Pattern[str]:
    """The bot's name as a person types it; it is not part of ``/ask@name``, an address or a longer name."""
    return re.compile(rf"(?<![\w@/.])@{re.escape(us)}(?!\w)", re.IGNORECASE)
