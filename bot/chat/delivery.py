"""Getting an answer to Telegram once, also over a bad line: sent, or edited where its question was answered before."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from typing import TypeVar

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, NetworkError, TelegramError

from bot.chat.keyboards import markup
from bot.chat.rendering import JOINER, Part
from bot.chat.state import ChatState, Sent
from retrieval.models import Record

log = logging.getLogger(__name__)
T = TypeVar("T")

# seconds between attempts when Telegram cannot be reached: two minutes in all
DELAYS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 30.0, 30.0)
# failures before anything was sent; after any other the message may have arrived
UNSENT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout"})
MOST_LOOKED_AT = 5

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Place(Record):
    """Where an answer goes: the chat, the message it answers, and the forum topic."""

    chat_id: int
    question_id: int
    thread_id: int | None = None
    channel: bool = False


class Delivery:
    """Sends answers and keeps them in step with their questions; once ``stopping`` is set it waits no longer."""

    def __init__(self, bot: Bot, state: ChatState, stopping: asyncio.Event, delays: Sequence[float] = DELAYS) -> None:
        self._bot = bot
        self._state = state
        self._stopping = stopping
        self._delays = delays

    async def deliver(self, place: Place, parts: Sequence[Part]) -> tuple[Sent, ...]:
        """Let these parts be the answer to a message: earlier ones are edited, missing ones sent, others deleted.

        Returns the messages that now are the answer, in order.
        """
        earlier = self._state.answer_to(place.chat_id, place.question_id)
        messages: list[Sent] = []
        for number, part in enumerate(parts):
            before = earlier[number] if number < len(earlier) else None
            messages.append(await self._bring(place, part, before, messages))
            self._state.remember_answer(place.chat_id, place.question_id, [*messages, *earlier[number + 1 :]])
        for surplus in earlier[len(parts) :]:
            await self._delete(place, surplus.message_id)
        self._state.remember_answer(place.chat_id, place.question_id, messages)
        return tuple(messages)

    async def _bring(self, place: Place, part: Part, before: Sent | None, earlier: Sequence[Sent]) -> Sent:
        fingerprint = _fingerprint(part)
        if before is not None and before.fingerprint == fingerprint:
            return before
        if before is not None and await self._edit(place, before.message_id, part):
            return Sent(message_id=before.message_id, fingerprint=fingerprint)
        after = max([place.question_id, *(sent.message_id for sent in earlier)])
        return Sent(message_id=await self._send(place, part, after), fingerprint=fingerprint)

    async def _send(self, place: Place, part: Part, after: int) -> int:
        """Send a message and return its id; ``after`` is the newest message known in the chat."""
        try:
            sent, doubtful = await self._insist(lambda: self._send_once(place, part))
        except ChatMigrated as moved:
            return await self._send(place.model_copy(update={"chat_id": moved.new_chat_id}), part, after)
        if doubtful and not place.channel:
            await self._withdraw_double(place, part, range(after + 1, sent))
        return sent

    async def _send_once(self, place: Place, part: Part) -> int:
        async def send(text: str, mode: str | None) -> int:
            message = await self._bot.send_message(
                place.chat_id,
                text,
                parse_mode=mode,
                message_thread_id=place.thread_id,
                reply_parameters=ReplyParameters(place.question_id, allow_sending_without_reply=True),
                link_preview_options=NO_PREVIEW,
                reply_markup=markup(part.buttons),
            )
            return message.message_id

        return await _as_html_or_plain(part, send)

    async def _edit(self, place: Place, message_id: int, part: Part) -> bool:
        """Whether the message now says this; not where it is gone."""

        async def edit(text: str, mode: str | None) -> None:
            await self._bot.edit_message_text(
                text,
                place.chat_id,
                message_id,
                parse_mode=mode,
                link_preview_options=NO_PREVIEW,
                reply_markup=markup(part.buttons),
            )

        try:
            await self._insist(lambda: _as_html_or_plain(part, edit))
        except BadRequest as error:
            if _is(error, "message to edit not found", "message can't be edited", "message_id_invalid"):
                return False
            if not _is(error, "message is not modified"):
                raise
        return True

    async def _insist(self, call: Callable[[], Awaitable[T]]) -> tuple[T, bool]:
        """What the call returns, tried again while Telegram cannot be reached, and whether an earlier try may have
        succeeded without our knowing."""
        doubtful = False
        for delay in self._delays:
            try:
                return await call(), doubtful
            except BadRequest:
                raise
            except NetworkError as error:
                if self._stopping.is_set():
                    break
                doubtful = doubtful or type(error.__cause__).__name__ not in UNSENT
                await self._pause(delay, error)
        return await call(), doubtful

    async def _delete(self, place: Place, message_id: int) -> None:
        try:
            await self._bot.delete_message(place.chat_id, message_id)
        except TelegramError as error:
            log.info("Message %d in chat %d could not be deleted: %s", message_id, place.chat_id, error)

    async def _withdraw_double(self, place: Place, part: Part, between: range) -> None:
        """Delete the first copy of a message that was sent again because its confirmation was lost.

        Telegram says nowhere which messages a bot has sent. But only a bot's own can be edited, and those between the
        question and the second copy that are not known as answers can only be the first copy. (In channels a bot may
        edit others' posts, so nothing is tried there.)
        """
        for message_id in between[:MOST_LOOKED_AT]:
            if self._state.is_answer(place.chat_id, message_id):
                continue
            try:
                await self._bot.edit_message_text(
                    part.plain + JOINER, place.chat_id, message_id, link_preview_options=NO_PREVIEW
                )
            except TelegramError:
                continue
            await self._delete(place, message_id)
            return

    async def _pause(self, delay: float, error: NetworkError) -> None:
        log.warning("Telegram did not take a message (%s); trying again in %g s", error, delay)
        try:
            await asyncio.wait_for(self._stopping.wait(), delay)
        except TimeoutError:
            return


def _fingerprint(part: Part) -> str:
    said = part.html if not part.buttons else f"{part.html}\0{part.buttons}"
    return sha256(said.encode()).hexdigest()[:32]


async def _as_html_or_plain(part: Part, call: Callable[[str, str | None], Awaitable[T]]) -> T:
    """The call with the part's HTML; where Telegram cannot read that, with its words alone."""
    try:
        return await call(part.html, ParseMode.HTML)
    except BadRequest as error:
        if not _is(error, "can't parse entities", "entities_too_long"):
            raise
        log.error("Telegram could not read this HTML, its words are sent alone (%s): %s", error, part.html)
        return await call(part.plain, None)


def _is(error: TelegramError, *wordings: str) -> bool:
    return any(wording in error.message.casefold() for wording in wordings)
