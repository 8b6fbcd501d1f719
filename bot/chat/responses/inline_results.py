"""What inline mode offers: finished answers with their proof, and passages. Knows nothing of Telegram."""

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
from bot.chat.views.buttons import NO_BUTTONS, Button, Keyboard
from bot.chat.views.deep_links import DeepLink, to_answer, to_passage
from bot.chat.views.i18n import line, page
from bot.chat.views.renderer import MessagePart, render
from retrieval.models import CorpusProfile, Header, Passage, Record, TextPart

PASSAGES_ON_A_PAGE: Final = 5
MOST_PASSAGES: Final = 50
# letters of a title, and of what stands below it in the list
TITLE, BELOW = 80, 160
LONG: Final = 320


class InlineResult(Record):
    """One thing to choose: how it is listed, and the message that it becomes."""

    title: str
    below: str
    part: MessagePart

    @property
    def id(self) -> str:
        """A name of 32 letters that only this offer's message has."""
        return sha256(self.part.html.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class InlineResultsPage(Record):
    """A page of offers, no two alike; ``more`` is where the next page begins, None where this is the last."""

    offers: tuple[InlineResult, ...] = ()
    more: int | None = None


class InlineResultsBuilder:
    """Makes the offers; reads the articles, so it runs in a worker thread."""

    def __init__(self, service: Service, answers: AnswerStore) -> None:
        self._service = service
        self._answers = answers
        self._suggestions = QuestionSuggester(service)

    def offers(self, typed: str, begin: int, to: Recipient) -> InlineResultsPage:
        """What is offered for what was typed so far, from a place on; for nothing, what people can ask."""
        if not typed.strip():
            return InlineResultsPage(offers=_once(self._beginning(self._service.profile(), to)))
        answers = self._answer(typed, to) if begin == 0 else ()
        end = min(begin + PASSAGES_ON_A_PAGE, MOST_PASSAGES)
        hits = self._service.hits(typed, end + 1, to.today) if begin < end else ()
        passages = [_passage(hit.header, hit.passage, to) for hit in hits[begin:end]]
        more = end if len(hits) > end < MOST_PASSAGES else None
        return InlineResultsPage(offers=_once([*answers, *passages]), more=more)

    def _answer(self, question: str, to: Recipient) -> tuple[InlineResult, ...]:
        reply = (trace := self._service.answer(question, to.today)).reply
        if not isinstance(reply, Answer):
            return ()
        blocks = to_html(reply)
        answered = StoredAnswer.of(trace, to.today, blocks)
        self._answers.keep(answered)
        first = reply.citations[0]
        return (
            InlineResult(
                title=_cut(reply.short.text if reply.short else first.quote, TITLE),
                below=_cut(f"{label(first.header)}: {first.quote}", BELOW),
                part=_message([f"<i>{escape(question.strip())}</i>", *blocks], to_answer(answered.id), to),
            ),
        )

    def _beginning(self, profile: CorpusProfile, to: Recipient) -> Iterable[InlineResult]:
        """Questions that the articles answer, and the newest articles."""
        for asked in self._suggestions.first(to.today):
            for offer in self._answer(asked.question, to):
                yield offer.model_copy(update={"title": asked.question, "below": offer.title})
        for header in profile.newest:
            if passage := _lead(self._service.passages_of(header.id)):
                yield _passage(header, passage, to)


def finished(spoken: Response, to: Recipient) -> InlineResult:
    """What was said, as one message with a button that opens the whole in a chat with the bot."""
    part = spoken.parts[0].model_copy(update={"buttons": NO_BUTTONS})
    if spoken.answered is not None:
        part = part.model_copy(update={"buttons": _open(to_answer(spoken.answered.id), to)})
    return InlineResult(title=_cut(part.plain, TITLE), below="", part=part)


def _lead(passages: Sequence[Passage]) -> Passage | None:
    """The first passage that holds a sentence of the body."""
    return next((p for p in passages if any(sentence.part is TextPart.BODY for sentence in p.sentences)), None)


def _passage(header: Header, passage: Passage, to: Recipient) -> InlineResult:
    head = page("passage", to.language, header=header, number=None)
    words = passage.text.strip()
    return InlineResult(
        title=_cut(header.title or label(header), TITLE),
        below=_cut(f"{label(header)}: {words}", BELOW),
        part=_message([*head, _quotation(words)], to_passage(header.id, passage.span), to),
    )


def _message(blocks: Sequence[str], link: DeepLink, to: Recipient) -> MessagePart:
    """The first message of the blocks, with a button that opens the whole in a chat with the bot."""
    part, *_ = render(blocks)
    return part.model_copy(update={"buttons": _open(link, to)})


def _open(link: DeepLink, to: Recipient) -> Keyboard:
    return ((Button(text=line("button_open", to.language), url=link.url(to.us)),),) if to.us else NO_BUTTONS


def _quotation(words: str) -> str:
    """Words as a quotation, one that opens on a tap where it is long."""
    kind = " expandable" if len(words) > LONG else ""
    return f"<blockquote{kind}>{escape(words)}</blockquote>"


def _once(offers: Iterable[InlineResult]) -> tuple[InlineResult, ...]:
    return tuple({offer.id: offer for offer in offers}.values())


def _cut(words: str, most: int) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"
