"""What a press shows of an answer: the passage around a quote, its proof, the sources. All is read from the articles
as they are now, and a quote that no longer stands where it was cited is said to be gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from typing import Final

from bot.answering.response.text import label
from bot.chat.persistence.answers import StoredAnswer
from bot.chat.persistence.votes import Vote
from bot.chat.types import Recipient, Service
from bot.chat.views.buttons import MOST_COPIED, NO_BUTTONS, Button, ButtonAction, CallbackData, Keyboard
from bot.chat.views.deep_links import to_answer, to_passage
from bot.chat.views.i18n import Blocks, line, page
from bot.chat.views.renderer import MessagePart, render
from bot.chat.views.vote_buttons import vote_buttons
from retrieval.errors import UnknownArticle
from retrieval.models import Article, Header, Passage, Span

SOURCES_ON_A_PAGE: Final = 5
# letters of a quote without which a citation is not worth copying
LEAST_QUOTED: Final = 40
MOST_ON_A_BUTTON: Final = 30
WORDS: Final = {
    ButtonAction.PASSAGE: "button_passage",
    ButtonAction.PROOF: "button_proof",
    ButtonAction.SOURCES: "button_sources",
    ButtonAction.NEXT: "button_ask_next",
    ButtonAction.TELL: "button_tell",
}


def under_answer(answered: StoredAnswer, to: Recipient, vote: Vote | None = None) -> Keyboard:
    """The buttons under an answer or a silence, with what this person voted."""
    first = (
        [ButtonAction.PASSAGE, ButtonAction.PROOF]
        if answered.answered
        else [ButtonAction.PASSAGE]
        if answered.quotes
        else []
    )
    second = [ButtonAction.SOURCES] if len(answered.articles) > 1 else []
    second += [ButtonAction.NEXT] if answered.answered else []
    second += [ButtonAction.TELL] if answered.is_abstention and to.editors else []
    rows = [[_button(CallbackData(verb=verb, about=answered.id), to) for verb in row] for row in (first, second)]
    if to.us and answered.answered:
        link = to_answer(answered.id).url(to.us)
        rows[1].append(Button(text=line("button_copy_link", to.language), copied=link))
    if answered.carried:
        words = line("button_drop", to.language, about=_shortly(", ".join(answered.carried)))
        rows.insert(0, [CallbackData(verb=ButtonAction.DROP, about=answered.id).button(words)])
    return (*(tuple(row) for row in rows if row), *vote_buttons(answered, vote, to.language))


def passage_of(service: Service, article_id: str, span: Span, to: Recipient) -> tuple[MessagePart, ...]:
    """The passage of an article that holds a stretch of it, which is marked where it is not the whole passage."""
    article = service.article(article_id)
    if span.end > len(article.text):
        return render(page("link_gone", to.language))
    blocks = _passage(article, service.passages_of(article_id), span, to.language)
    return render(blocks, _citation(article, span, to))


class AnswerDetails:
    """Shows more of an answer; reads the articles, so it runs in a worker thread."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def parts(self, answered: StoredAnswer, press: CallbackData, to: Recipient) -> tuple[MessagePart, ...]:
        """The messages that a press under an answer, or under one of these messages, calls for."""
        if press.verb is ButtonAction.SOURCES:
            return self._sources(answered, press.number, to)
        number = press.number % len(answered.quotes)
        quote = answered.quotes[number]
        below = _under_quote(answered, number, press.verb, to)
        try:
            article = self._service.article(quote.article_id)
            passages = self._service.passages_of(quote.article_id)
        except UnknownArticle:
            return render(page("quote_gone", to.language, id=quote.article_id), below)
        if not quote.is_in(article.text):
            return render(page("quote_changed", to.language, id=article.id), below)
        show = _proof if press.verb is ButtonAction.PROOF else _passage
        blocks = show(article, passages, quote.span, to.language, number + 1)
        return render(blocks, (*below, *_citation(article, quote.span, to)))

    def _sources(self, answered: StoredAnswer, number: int, to: Recipient) -> tuple[MessagePart, ...]:
        pages = -(-len(answered.articles) // SOURCES_ON_A_PAGE)
        first = (number % pages) * SOURCES_ON_A_PAGE
        wanted = answered.articles[first : first + SOURCES_ON_A_PAGE]
        blocks = [block for article_id in wanted for block in self._source(answered, article_id, to.language)]
        if pages == 1:
            return render(blocks)
        told = page("cited_part", to.language, first=first + 1, last=first + len(wanted), total=len(answered.articles))
        follow = CallbackData(verb=ButtonAction.SOURCES, about=answered.id, number=(number + 1) % pages, below=True)
        return render([*blocks, *told], ((_next(follow, to),),))

    def _source(self, answered: StoredAnswer, article_id: str, language: str) -> Blocks:
        """An article with everything that is quoted from it."""
        quotes = [(number, quote) for number, quote in enumerate(answered.quotes, 1) if quote.article_id == article_id]
        try:
            article = self._service.article(article_id)
        except UnknownArticle:
            return page("quote_gone", language, id=article_id)
        said = [_block(escape(quote.span.of(article.text))) for _, quote in quotes if quote.is_in(article.text)]
        gone = () if len(said) == len(quotes) else page("quote_changed", language, id=article_id)
        numbers = "".join(f"[{number}]" for number, _ in quotes)
        return (*page("cited", language, header=article, numbers=numbers), *said, *gone)


def _passage(
    article: Article, passages: Sequence[Passage], quote: Span, language: str, number: int | None = None
) -> Blocks:
    around = _around(quote, [passage.span for passage in passages])
    head = page("passage", language, header=article, number=number)
    if around == quote:
        return (*head, _block(escape(quote.of(article.text))))
    return (*head, _marked(article.text, around, quote), *page("passage_marked", language))


def _proof(article: Article, passages: Sequence[Passage], quote: Span, language: str, number: int) -> Blocks:
    sentences = [sentence.span for passage in passages for sentence in passage.sentences]
    around = _around(quote, sentences, neighbours=1)
    digest = sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    return (
        *page("proof", language, header=article, number=number, start=quote.start, end=quote.end),
        _marked(article.text, around, quote),
        *page("proof_whole", language, id=article.id, digest=digest),
    )


def _around(quote: Span, spans: Iterable[Span], neighbours: int = 0) -> Span:
    """From the first to the last of the spans that share something with the quote, and so many more on each side."""
    ordered = sorted(spans, key=lambda span: span.start)
    touched = [place for place, span in enumerate(ordered) if span.start < quote.end and quote.start < span.end]
    if not touched:
        return quote
    first, last = ordered[max(0, touched[0] - neighbours)], ordered[touched[-1] : touched[-1] + 1 + neighbours][-1]
    return Span(start=min(first.start, quote.start), end=max(last.end, quote.end))


def _marked(text: str, around: Span, quote: Span) -> str:
    """The words around a quote as a quotation, the quote itself in bold."""
    before, after = text[around.start : quote.start], text[quote.end : around.end]
    return _block(f"{escape(before)}<b>{escape(quote.of(text))}</b>{escape(after)}")


def _block(words: str) -> str:
    return f"<blockquote>{words}</blockquote>"


def _under_quote(answered: StoredAnswer, number: int, verb: ButtonAction, to: Recipient) -> Keyboard:
    """Under a passage or proof: the other of the two, and the same for the next quote."""
    other = ButtonAction.PROOF if verb is ButtonAction.PASSAGE else ButtonAction.PASSAGE
    here = CallbackData(verb=other, about=answered.id, number=number, below=True)
    row = [_button(here, to)]
    if len(answered.quotes) > 1:
        follow = CallbackData(verb=verb, about=answered.id, number=(number + 1) % len(answered.quotes), below=True)
        row.append(_next(follow, to))
    return (tuple(row),)


def _citation(article: Article, span: Span, to: Recipient) -> Keyboard:
    """A button that copies a quote with its source and a link to it; a long quote is cut where the room ends."""
    if not to.us:
        return NO_BUTTONS
    source = f" ({label(Header.of(article))}) {to_passage(article.id, span).url(to.us)}"
    words, room = " ".join(span.of(article.text).split()), MOST_COPIED - len(source) - len("“”")
    if room < LEAST_QUOTED:
        return NO_BUTTONS
    quote = words if len(words) <= room else f"{words[: room - 1].rstrip()}…"
    return ((Button(text=line("button_copy_citation", to.language), copied=f"“{quote}”{source}"),),)


def _shortly(words: str) -> str:
    return words if len(words) <= MOST_ON_A_BUTTON else f"{words[: MOST_ON_A_BUTTON - 1].rstrip()}…"


def _button(press: CallbackData, to: Recipient) -> Button:
    return press.button(line(WORDS[press.verb], to.language))


def _next(press: CallbackData, to: Recipient) -> Button:
    return press.button(line("button_next", to.language))
