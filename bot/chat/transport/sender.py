"""Delivery of each answer exactly once, also over a bad connection: sent, or edited where it was answered before."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from typing import Final, TypeVar

from telegram import LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.chat.persistence.delivery_database import DeliveryDatabase, SentMessage, UncertainDelivery, id_sequence
from bot.chat.transport.cancellation import pause
from bot.chat.transport.http_client import RequestNotSent
from bot.chat.transport.keyboards import markup
from bot.chat.transport.rate_limiter import RequestManner
from bot.chat.types import Place
from bot.chat.views.renderer import JOINER, MessagePart

log = logging.getLogger(__name__)
T = TypeVar("T")

# seconds between attempts when Telegram cannot be reached: two minutes in all
DELAYS: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 30.0, 30.0)
# ids that are tried in search of a message: each costs an edit
MOST_TRIED_IDS: Final = 50

# most of the edits that search for a message change none
SEARCHING: Final = RequestManner(counted=False)
NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


class SendAttempts:
    """How often a call failed, and whether one of the attempts may have succeeded without a confirmation."""

    def __init__(self, uncertain: bool = False) -> None:
        self.failures = 0
        self.uncertain = uncertain

    def note_failure(self, error: NetworkError) -> None:
        self.failures += 1
        self.uncertain = self.uncertain or not isinstance(error, RequestNotSent)


class Sender:
    """Sends answers and edits them when their questions change; once ``stopping`` is set it waits no longer.

    Raises TelegramError where Telegram refuses a message, and NetworkError where it cannot be reached for long.
    """

    def __init__(
        self,
        bot: ExtBot[RequestManner],
        database: DeliveryDatabase,
        stopping: asyncio.Event,
        delays: Sequence[float] = DELAYS,
    ) -> None:
        self._bot = bot
        self._database = database
        self._stopping = stopping
        self._delays = delays
        self._searches: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def deliver(self, place: Place, parts: Sequence[MessagePart]) -> tuple[SentMessage, ...]:
        """Make these parts the answer to a message: earlier ones are edited, missing ones sent, others deleted.

        Returns the messages that now are the answer, in order.
        """
        earlier = self._database.answer_to(place.chat_id, place.question_id)
        messages: list[SentMessage] = []
        for number, part in enumerate(_prefaced(parts, place.preface)):
            before = earlier[number] if number < len(earlier) else None
            messages.append(await self._show(place, part, before))
            if messages[-1] != before:
                self._database.remember_answer(place.chat_id, place.question_id, [*messages, *earlier[number + 1 :]])
        for surplus in earlier[len(parts) :]:
            await self._delete(place, surplus.message_id)
        if len(parts) < len(earlier):
            self._database.remember_answer(place.chat_id, place.question_id, messages)
        log.info("Replied to message %d with %s", place.question_id, [sent.message_id for sent in messages])
        return tuple(messages)

    async def withdraw(self, chat_id: int, question_id: int) -> None:
        """Delete the answer to a message; where it is edited later, it is answered anew."""
        for sent in self._database.answer_to(chat_id, question_id):
            await self._delete(Place(chat_id=chat_id, question_id=question_id), sent.message_id)
        self._database.remember_answer(chat_id, question_id, [])

    async def _show(self, place: Place, part: MessagePart, before: SentMessage | None) -> SentMessage:
        fingerprint = _fingerprint(part)
        if before is not None and before.fingerprint == fingerprint:
            return before
        if before is not None and await self._edit(place, before.message_id, part):
            return SentMessage(message_id=before.message_id, fingerprint=fingerprint)
        return SentMessage(message_id=await self._send_unless_sent(place, part), fingerprint=fingerprint)

    async def _send_unless_sent(self, place: Place, part: MessagePart) -> int:
        """The id of the message with the part: found where it was sent without a confirmation, else sent now.

        Searches that could find the same message come one after the other: what one finds narrows down the next, and
        so does the first message that this process sends.
        """
        if self._database.uncertain_delivery(place.chat_id, place.question_id) is None:
            return await self._send(place, part, None)
        async with self._searches[id_sequence(place.chat_id)]:
            earlier = self._database.uncertain_delivery(place.chat_id, place.question_id)
            if earlier and (found := await self._find(place, part, earlier.above, earlier.below)):
                return found
            if earlier is None or not earlier.bounded:
                return await self._send(place, part, earlier)
        return await self._send(place, part, earlier)

    async def _send(self, place: Place, part: MessagePart, earlier: UncertainDelivery | None) -> int:
        """Send a message and return its id. It is remembered that it is being sent, in case the process ends meanwhile.

        ``earlier`` is an earlier delivery whose message was searched for and not found.
        """
        chat, question = place.chat_id, place.question_id
        attempts = SendAttempts(uncertain=earlier is not None and not earlier.bounded)
        try:
            sent = await self._retried(lambda: self._send_once(place, part), attempts)
        except ChatMigrated as moved:
            self._database.end_sending(chat, question)
            sent = await self._send(place.model_copy(update={"chat_id": moved.new_chat_id}), part, None)
            self._database.end_sending(moved.new_chat_id, question)
            return sent
        except TelegramError:
            if not attempts.uncertain:
                self._database.end_sending(chat, question)
            raise
        self._database.record_id(chat, sent, sent=True)
        if attempts.uncertain:
            await self._delete_first_copy(place, part, sent)
        return sent

    async def _send_once(self, place: Place, part: MessagePart) -> int:
        async def send(text: str, mode: str | None) -> int:
            message = await self._bot.send_message(
                place.chat_id,
                text,
                parse_mode=mode,
                message_thread_id=place.thread_id,
                reply_parameters=ReplyParameters(place.question_id, allow_sending_without_reply=True),
                link_preview_options=NO_PREVIEW,
                reply_markup=markup(part.buttons),
                rate_limit_args=RequestManner(
                    before=lambda: self._database.begin_sending(place.chat_id, place.question_id)
                ),
            )
            return message.message_id

        return await _as_html_or_plain(part, send)

    async def _edit(
        self, place: Place, message_id: int, part: MessagePart, manner: RequestManner | None = None
    ) -> bool:
        """Whether the message now shows the part; not where it is gone."""

        async def edit(text: str, mode: str | None) -> None:
            await self._bot.edit_message_text(
                text,
                place.chat_id,
                message_id,
                parse_mode=mode,
                link_preview_options=NO_PREVIEW,
                reply_markup=markup(part.buttons),
                rate_limit_args=manner,
            )

        try:
            await self._retried(lambda: _as_html_or_plain(part, edit), SendAttempts())
        except BadRequest as error:
            if _is(error, "message to edit not found", "message can't be edited", "message_id_invalid"):
                return False
            if not _is(error, "message is not modified"):
                raise
        return True

    async def _retried(self, call: Callable[[], Awaitable[T]], attempts: SendAttempts) -> T:
        """What the call returns, tried again while Telegram cannot be reached."""
        for delay in (*self._delays, None):
            try:
                return await call()
            except BadRequest:
                raise
            except NetworkError as error:
                attempts.note_failure(error)
                if delay is None or (self._stopping.is_set() and attempts.failures > 1):
                    raise
                await self._pause(delay, error)
        raise AssertionError("the last try returns or raises")

    async def _delete(self, place: Place, message_id: int) -> None:
        try:
            await self._bot.delete_message(place.chat_id, message_id)
        except TelegramError as error:
            log.info("Message %d in chat %d could not be deleted: %s", message_id, place.chat_id, error)

    async def _delete_first_copy(self, place: Place, part: MessagePart, sent: int) -> None:
        """Delete the first copy of a message that was sent again because its confirmation was lost."""
        uncertain = self._database.uncertain_delivery(place.chat_id, place.question_id)
        try:
            if uncertain and (first := await self._find(place, part, uncertain.above, sent)):
                await self._delete(place, first)
        except TelegramError as error:
            log.warning("A message in chat %d may be there twice: %s", place.chat_id, error)

    async def _find(self, place: Place, part: MessagePart, above: int, below: int) -> int | None:
        """The id of a message that was sent without a confirmation, between two ids.

        Telegram says nowhere which messages a bot has sent. But only a bot's own can be edited, so of the ids that
        belong to no message known, it is the one that can be edited. (In channels a bot may edit others' posts, so
        nothing is tried there.) The edit writes the part, with an invisible character behind it.
        """
        changed = part.model_copy(update={"html": part.html + JOINER, "plain": part.plain + JOINER})
        ids = () if place.channel else self._database.unknown_ids(place.chat_id, above, below)
        for message_id in ids[:MOST_TRIED_IDS]:
            if await self._edit(place, message_id, changed, SEARCHING):
                return message_id
        return None

    async def _pause(self, delay: float, error: NetworkError) -> None:
        log.warning("Telegram did not take a message (%s); trying again in %g s", error, delay)
        await pause(self._stopping, delay)


def _prefaced(parts: Sequence[MessagePart], preface: str) -> Sequence[MessagePart]:
    if not parts or not preface:
        return parts
    html, plain = f"<i>{preface}</i>\n\n{parts[0].html}", f"{preface}\n\n{parts[0].plain}"
    return (parts[0].model_copy(update={"html": html, "plain": plain}), *parts[1:])


def _fingerprint(part: MessagePart) -> str:
    content = part.html if not part.buttons else f"{part.html}\0{part.buttons}"
    return sha256(content.encode()).hexdigest()[:32]


async def _as_html_or_plain(part: MessagePart, call: Callable[[str, str | None], Awaitable[T]]) -> T:
    """The call with the part's HTML; where Telegram cannot read that, with its text alone."""
    try:
        return await call(part.html, ParseMode.HTML)
    except BadRequest as error:
        if not _is(error, "can't parse entities", "entities_too_long"):
            raise
        log.error("Telegram could not read this HTML, its text is sent alone (%s): %s", error, part.html)
        return await call(part.plain, None)


def _is(error: TelegramError, *wordings: str) -> bool:
    return any(wording in error.message.casefold() for wording in wordings)
