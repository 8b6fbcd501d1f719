"""The results of inline mode: finished answers with their proof, and passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from typing import Final

from bot.answering.models import Answer
from bot.answering.response.text import label, to_html
from bot.chat.persistence.answers import AnswerStore, StoredAnswer
from bot.chat.responses.responder import Response
from bot.chat.responses.suggested_questions import QuestionSuggester
from bot.chat.types import Recipient, Service
from bot.chat.views.buttons import NO_BUTTONS, Button, Keyboard, shortened
from bot.chat.views.deep_links import DeepLink, answer_link, passage_link
from bot.chat.views.i18n import line, page
from bot.chat.views.renderer import MessagePart, render
from retrieval.models import CorpusProfile, Header, Passage, Record, TextPart

PASSAGES_ON_A_PAGE: Final = 5
# Telegram takes 50 results for a page (https://core.telegram.org/bots/api#answerinlinequery); nobody scrolls further
MOST_PASSAGES: Final = 50
# letters of a title, and of the description below it, that the list shows
MOST_IN_TITLE: Final = 80
MOST_IN_DESCRIPTION: Final = 160
# letters from which a quotation opens on a tap: Telegram shows about three lines of an expandable one
LONG: Final = 320


class InlineResult(Record):
    """One result: its title and description in the list, and the message that it becomes."""

    title: str
    description: str
    part: MessagePart

    @property
    def id(self) -> str:
        """A name of 32 letters that only this result's message has."""
        return sha256(self.part.html.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class InlineResultsPage(Record):
    """A page of results, no two alike; ``next_offset`` is None on the last page."""

    results: tuple[InlineResult, ...] = ()
    next_offset: int | None = None


class InlineResultsBuilder:
    """Builds the results; reads the articles, so it runs in a worker thread."""

    def __init__(self, service: Service, answers: AnswerStore) -> None:
        self._service = service
        self._answers = answers
        self._suggester = QuestionSuggester(service)

    def page(self, typed: str, offset: int, to: Recipient) -> InlineResultsPage:
        """The results for what was typed so far, from an offset on; for nothing, questions that can be asked."""
        if not typed.strip():
            return InlineResultsPage(results=_unique(self._first(self._service.profile(), to)))
        answers = self._answer(typed, to) if offset == 0 else ()
        end = min(offset + PASSAGES_ON_A_PAGE, MOST_PASSAGES)
        hits = self._service.hits(typed, end + 1, to.today) if offset < end else ()
        passages = [_passage_result(hit.header, hit.passage, to) for hit in hits[offset:end]]
        next_offset = end if len(hits) > end < MOST_PASSAGES else None
        return InlineResultsPage(results=_unique([*answers, *passages]), next_offset=next_offset)

    def _answer(self, question: str, to: Recipient) -> tuple[InlineResult, ...]:
        reply = (trace := self._service.answer(question, to.today)).reply
        if not isinstance(reply, Answer):
            return ()
        blocks = to_html(reply)
        stored = StoredAnswer.of(trace, to.today, blocks)
        self._answers.keep(stored)
        first = reply.citations[0]
        return (
            InlineResult(
                title=shortened(reply.short.text if reply.short else first.quote, MOST_IN_TITLE),
                description=shortened(f"{label(first.header)}: {first.quote}", MOST_IN_DESCRIPTION),
                part=_message([f"<i>{escape(question.strip())}</i>", *blocks], answer_link(stored.id), to),
            ),
        )

    def _first(self, profile: CorpusProfile, to: Recipient) -> Iterable[InlineResult]:
        """Questions that the articles answer, and the newest articles."""
        for suggested in self._suggester.first(to.today):
            for result in self._answer(suggested.question, to):
                yield result.model_copy(update={"title": suggested.question, "description": result.title})
        for header in profile.newest:
            if passage := _first_of_body(self._service.passages_of(header.id)):
                yield _passage_result(header, passage, to)


def as_inline_result(response: Response, to: Recipient) -> InlineResult:
    """The first message of a response, with a button that opens the whole in a chat with the bot."""
    buttons = _open_button(answer_link(response.answer.id), to) if response.answer else NO_BUTTONS
    part = response.parts[0].model_copy(update={"buttons": buttons})
    return InlineResult(title=shortened(part.plain, MOST_IN_TITLE), description="", part=part)


def _first_of_body(passages: Sequence[Passage]) -> Passage | None:
    """The first passage that holds a sentence of the body."""
    return next((p for p in passages if any(sentence.part is TextPart.BODY for sentence in p.sentences)), None)


def _passage_result(header: Header, passage: Passage, to: Recipient) -> InlineResult:
    head = page("passage", to.language, header=header, number=None)
    words = passage.text.strip()
    return InlineResult(
        title=shortened(header.title or label(header), MOST_IN_TITLE),
        description=shortened(f"{label(header)}: {words}", MOST_IN_DESCRIPTION),
        part=_message([*head, _quotation(words)], passage_link(header.id, passage.span), to),
    )


def _message(blocks: Sequence[str], link: DeepLink, to: Recipient) -> MessagePart:
    """The first message of the blocks, with a button that opens the whole in a chat with the bot."""
    part, *_ = render(blocks)
    return part.model_copy(update={"buttons": _open_button(link, to)})


def _open_button(link: DeepLink, to: Recipient) -> Keyboard:
    return ((Button(text=line("button_open", to.language), url=link.url(to.us)),),) if to.us else NO_BUTTONS


def _quotation(words: str) -> str:
    """Words as a quotation, one that opens on a tap where it is long."""
    kind = " expandable" if len(words) > LONG else ""
    return f"<blockquote{kind}>{escape(words)}</blockquote>"


def _unique(results: Iterable[InlineResult]) -> tuple[InlineResult, ...]:
    return tuple({result.id: result for result in results}.values())
