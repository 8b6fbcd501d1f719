"""Packs the blocks of a reply into messages that Telegram accepts.

Telegram's limits for one message are 4096 UTF-16 units of text after parsing, 100 formatted stretches, and about
9500 bytes for them (https://core.telegram.org/bots/api#sendmessage, tdlib/telegram-bot-api#165). A little is
left below each limit for what Telegram marks by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from itertools import accumulate
from typing import NamedTuple

from bot.chat.commands import COMMANDS
from bot.chat.views.buttons import NO_BUTTONS, Keyboard
from bot.chat.views.html import Element, Runs, TextRun, cut, elements, parse, text_of, write
from retrieval.models import Record

MOST_UNITS = 4000
MOST_ENTITIES = 90
MOST_ENTITY_BYTES = 9000
# UTF-16 units; where less is left of a message, a long block begins in the next one
WORTH_FILLING = 1000
BETWEEN_BLOCKS = (TextRun("\n\n"),)

JOINER = "\N{WORD JOINER}"
# where Telegram looks for no mention, command or link
INERT = frozenset({"code", "pre", "a"})

_TAPPABLE = "|".join(command.name for command in COMMANDS if command.tappable)
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s|\n")
_SPACE = re.compile(r"\s")
_UNSENDABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# where Telegram would find a mention, a command or a link by itself; the joiner goes behind what is matched
_LIVE = re.compile(
    r"@(?=\w)"
    rf"|(?<![\w/<>@])/(?!(?:{_TAPPABLE})\b)(?=\w+(?:@\w+)?(?![\w/]))"
    r"|(?<![^\W_])[A-Za-z][A-Za-z0-9+-]*:(?=//)"
    r"|(?<=\w)\.(?=[^\W\d_]{2,})"
)
# joiners, variation selectors and skin tones belong to the character before them and may not begin a message
_ATTACHED = re.compile(r"[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")


class MessagePart(Record):
    """One message: Telegram HTML, the same words without markup for when the HTML is refused, and its buttons."""

    html: str
    plain: str
    buttons: Keyboard = NO_BUTTONS


class MessageSpace(NamedTuple):
    """What a message can still take: UTF-16 units of text, formatted stretches, and bytes for these."""

    units: int = MOST_UNITS
    entities: int = MOST_ENTITIES
    entity_bytes: int = MOST_ENTITY_BYTES


FULL = MessageSpace()


def render(blocks: Iterable[str], buttons: Keyboard = NO_BUTTONS) -> tuple[MessagePart, ...]:
    """The blocks, each balanced Telegram HTML, as messages within every limit, in order and with nothing lost.

    An empty line separates blocks. One that fits no message is cut at the end of a sentence, else at white space, else
    anywhere, with its tags closed and opened again. The buttons go under the last message.
    """
    messages: list[Runs] = []
    for number, block in enumerate(blocks):
        _add(_clean(parse(block, number)), messages)
    parts = [MessagePart(html=write(message), plain=text_of(message)) for message in messages]
    return (*parts[:-1], parts[-1].model_copy(update={"buttons": buttons})) if parts else ()


def _add(runs: Runs, messages: list[Runs]) -> None:
    """Add a block to the last message where it fits there, else to new ones; a long one fills the last one first."""
    left = _left_behind(messages[-1]) if messages else FULL
    if messages and _visible(text_of(runs)) and _fits(runs, left):
        messages[-1] = (*messages[-1], *BETWEEN_BLOCKS, *runs)
        return
    if messages and left.units >= WORTH_FILLING and not _fits(runs):
        head, runs = cut(runs, _cut_index(runs, left))
        messages[-1] = (*messages[-1], *BETWEEN_BLOCKS, *head)
    messages += _pieces(runs)


def _left_behind(message: Runs) -> MessageSpace:
    found = elements(message)
    return MessageSpace(
        MOST_UNITS - units(text_of(message)) - units(text_of(BETWEEN_BLOCKS)),
        MOST_ENTITIES - len(found),
        MOST_ENTITY_BYTES - sum(element.cost for element in found),
    )


def units(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def deactivate(text: str) -> str:
    """The text with an invisible joiner wherever Telegram would turn an article's words into a mention, a command or a
    link; ``tappable`` commands stay as they are."""
    return _LIVE.sub(rf"\g<0>{JOINER}", text)


def _clean(runs: Runs) -> Runs:
    kept = tuple(TextRun(_for_sending(run), run.inside) for run in runs)
    return kept if _visible(text_of(kept)) else ()


def _for_sending(run: TextRun) -> str:
    text = _UNSENDABLE.sub(lambda found: "\N{REPLACEMENT CHARACTER}" if found[0] >= "\ud800" else " ", run.text)
    return text if any(element.name in INERT for element in run.inside) else deactivate(text)


def _visible(text: str) -> bool:
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


def _pieces(runs: Runs) -> list[Runs]:
    """The block in pieces that fit a message each."""
    pieces: list[Runs] = []
    while runs and not _fits(runs):
        head, runs = cut(runs, _cut_index(runs))
        pieces.append(head)
    return [piece for piece in (*pieces, runs) if _visible(text_of(piece))]


def _fits(runs: Runs, space: MessageSpace = FULL) -> bool:
    return units(text_of(runs)) <= space.units and not _too_marked(elements(runs), space)


def _cut_index(runs: Runs, space: MessageSpace = FULL) -> int:
    """How many code points the first piece takes, at most what fits into the space."""
    text = text_of(runs)
    most = min(_most_text(text, space), _most_marked(runs, space))
    for pattern in (_SENTENCE_END, _SPACE):
        if ends := [found.end() for found in pattern.finditer(text, most // 2, most)]:
            return ends[-1]
    return _before_attached(text, most)


def _most_text(text: str, space: MessageSpace) -> int:
    lengths = accumulate(1 + (ord(character) > 0xFFFF) for character in text)
    return sum(1 for length in lengths if length <= space.units)


def _most_marked(runs: Runs, space: MessageSpace) -> int:
    """How many code points can be taken before the formatting is too much."""
    taken = 0
    found: set[Element] = set()
    for run in runs:
        found.update(run.inside)
        if _too_marked(found, space):
            break
        taken += len(run.text)
    return taken


def _too_marked(found: Collection[Element], space: MessageSpace) -> bool:
    return len(found) > space.entities or sum(element.cost for element in found) > space.entity_bytes


def _before_attached(text: str, index: int) -> int:
    for place in range(index, max(index - 16, 0), -1):
        if not (_is_attached(text[place : place + 1]) or text[place - 1] == "\u200d"):
            return place
    return index


def _is_attached(character: str) -> bool:
    return bool(_ATTACHED.match(character)) or (character != "" and unicodedata.combining(character) != 0)
