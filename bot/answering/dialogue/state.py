"""Dialogue state: the record of a conversation that a caller keeps from one question to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pydantic import Field

from bot.answering.lexicon.noun_classes import classes_of
from bot.answering.models import Answer, Citation, Evidence, QuestionKind, Reply, Trace
from retrieval.models import NAME_KINDS, Analysis, Mention, MentionKind, Record, Span, Token
from retrieval.text.tokens import tokenize

MOST_NAMES = 12
"""How many names of each sort a state keeps, so that stored conversations stay small; chosen by hand."""
_RANK = {
    kind: rank for rank, kind in enumerate((MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE, None))
}
"""The order in which names are chosen as the topic; a nationality is none."""
_LONGEST_QUESTION = 400
"""A longer question, in characters, does not complete the next one; chosen by hand."""
_SHORT_ANSWER = 5
"""A short answer of more words is a clause, not a name; chosen by hand."""
_SHORT_TITLE = 5
"""A title of more content words is a headline, not a name; chosen by hand."""
_PARTICLES = frozenset("der den van von de del della di da do dos du la le el al bin ibn y e".split())
_BEGINNING = re.compile(r"(?:^|[.!?]|[\"“‘(\[])\s*$")
_ARTICLES = frozenset(("the", "a", "an", "i"))
_NUMBERED = re.compile(r"-\d+\b")
_JOINT = re.compile(r"[ -]|: | (?:&|of|de)(?: the)? ")
_OFFICE = re.compile(
    r"\bthe (?:[\w-]+ ){0,2}?([\w-]+) (?:of|for) (?:the )?[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*)*"
)
_TITLE = re.compile(r"[\"“«]([A-Z][^\"“”«»]{1,40}?)[,.]?[\"”»]")
_DISTANCE = 3
"""Up to how many words away a common noun counts as next to a name; chosen by hand."""


class NamedEntity(Record):
    """Something that was named: its words, its kind where that is known, and the terms of the nouns next to it."""

    text: str = Field(min_length=1)
    kind: MentionKind | None = None
    beside: tuple[str, ...] = ()


class DialogueState(Record):
    """What the next question may refer to in the questions and answers before it; bounded in size.

    ``question`` is the question as it was answered; ``topic`` the main name of what was last cited, ``titled`` if it
    is an article's title; ``heading`` the heading above the cited passage; ``short`` the short answer. ``asked``
    are the names in the question, ``answered`` those of the short answer, ``said`` those of the quotes, ``earlier``
    those of the questions before, newest first; ``days`` the days and periods that were named, as they were written;
    ``shown`` are the quotes that were given.
    """

    question: str = ""
    topic: NamedEntity | None = None
    titled: bool = False
    heading: str | None = None
    short: str = ""
    asked: tuple[NamedEntity, ...] = ()
    answered: tuple[NamedEntity, ...] = ()
    said: tuple[NamedEntity, ...] = ()
    earlier: tuple[NamedEntity, ...] = ()
    days: tuple[str, ...] = ()
    shown: tuple[ShownQuote, ...] = ()

    @property
    def named(self) -> tuple[NamedEntity, ...]:
        """Every name of the conversation, the likeliest to be meant first."""
        topic = () if self.topic is None else (self.topic,)
        return (*topic, *self.answered, *self.asked, *self.said, *self.earlier)


class CitedText(Record):
    """A cited text with what it names, and the title and heading above it."""

    text: str
    mentions: tuple[Mention, ...] = ()
    title: str | None = None
    heading: str | None = None


def state_after(trace: Trace, previous: DialogueState | None) -> DialogueState | None:
    """The state of the conversation after a trace; a greeting leaves it as it was."""
    question = trace.question
    if question is None or question.kind is QuestionKind.SMALL_TALK:
        return previous
    reply = trace.reply
    cited = tuple(_cited_text(citation) for citation in reply.citations) if isinstance(reply, Answer) else ()
    short = reply.short.text if isinstance(reply, Answer) and reply.short else ""
    state = update_state(previous, question.analysis, cited, short=short, carried=question.carried)
    return state.model_copy(update={"shown": shown_by(reply, previous.shown if previous else ())})


def update_state(
    previous: DialogueState | None,
    asked: Analysis,
    cited: Sequence[CitedText],
    *,
    short: str = "",
    carried: Sequence[str] = (),
) -> DialogueState:
    """The state after ``asked`` was answered with ``cited``, which is empty where there was no answer.

    ``short`` is the short answer, ``carried`` are the names that the question took from the conversation.
    """
    before = previous or DialogueState()
    known = tuple(name for name in (before.topic, *before.asked, *before.said) if name is not None)
    names = (*names_in(asked.text, asked.mentions, known), *_offices_in(asked.text))
    said = tuple(name for each in cited for name in names_in(each.text, each.mentions))
    short = short if len(short.split()) <= _SHORT_ANSWER else ""
    answered = tuple(name for name in said if name.text in short)
    days = (*_days(asked.text, asked.mentions), *(day for each in cited for day in _days(each.text, each.mentions)))
    own = tuple(name for name in names if name.text not in carried)
    title = next((each.title for each in cited if each.title), "")
    topic, titled = _topic(before, title, own, said, moved=bool(cited) and not carried)
    return DialogueState(
        question=asked.text if len(asked.text) <= _LONGEST_QUESTION else "",
        topic=topic,
        titled=titled,
        heading=next((each.heading for each in cited if each.heading), before.heading if not cited else None),
        short=short,
        asked=_distinct(names),
        answered=_distinct(answered),
        said=_distinct(said),
        earlier=_distinct((*before.asked, *before.answered, *before.said, *before.earlier)),
        days=tuple(dict.fromkeys(days))[:MOST_NAMES],
    )


def _cited_text(citation: Citation) -> CitedText:
    start = citation.span.start
    inside = (mention for mention in citation.passage.mentions if citation.span.contains(mention.span))
    moved = tuple(
        Mention(
            span=Span(start=mention.span.start - start, end=mention.span.end - start),
            kind=mention.kind,
            value=mention.value,
        )
        for mention in inside
    )
    return CitedText(text=citation.quote, mentions=moved, title=citation.header.title, heading=citation.passage.heading)


def names_in(text: str, mentions: Iterable[Mention], known: Iterable[NamedEntity] = ()) -> tuple[NamedEntity, ...]:
    """The names of a text in order: ``known`` ones, its mentions of names, titles in quotation marks, capital words."""
    tokens = tokenize(text)
    every = tuple(mention for mention in mentions if mention.kind is not MentionKind.QUOTE)
    named = ((mention.span, mention.kind) for mention in every if mention.kind in NAME_KINDS)
    others = [mention.span for mention in every if mention.kind not in NAME_KINDS]
    spans: list[tuple[Span, MentionKind | None]] = []
    longer = [mention.span for mention in every if mention.kind in NAME_KINDS]
    recalled = [place for place in _places_of(text, known) if not any(_inside(place[0], span) for span in longer)]
    for span, kind in (*recalled, *((title, None) for title in _titles(text)), *named):
        if not any(span.overlaps(other) for other, _ in spans):
            spans.append((span, kind))
    runs = _capital_runs(text, tokens, [*others, *(span for span, _ in spans)])
    spans = sorted((*spans, *((run, None) for run in runs)), key=lambda pair: pair[0].start)
    return tuple(NamedEntity(text=span.of(text), kind=kind, beside=_beside(tokens, span)) for span, kind in spans)


def _inside(span: Span, other: Span) -> bool:
    return other.contains(span) and other != span


def _places_of(text: str, names: Iterable[NamedEntity]) -> Iterator[tuple[Span, MentionKind | None]]:
    for name in names:
        start = text.find(name.text)
        if start >= 0:
            yield Span(start=start, end=start + len(name.text)), name.kind


def _titles(text: str) -> Iterator[Span]:
    """Titles: a few words in quotation marks that begin with a capital."""
    return (Span(start=found.start(1), end=found.end(1)) for found in _TITLE.finditer(text))


def _offices_in(text: str) -> tuple[NamedEntity, ...]:
    """The people whom a text names by an office: ``the president of Kazakhstan``."""
    found = (match for match in _OFFICE.finditer(text) if "person" in classes_of(match[1]))
    return tuple(NamedEntity(text=match[0], kind=MentionKind.PERSON) for match in found)


def _capital_runs(text: str, tokens: Sequence[Token], taken: Sequence[Span]) -> Iterator[Span]:
    """Runs of capitalised words outside ``taken``, joined over ``of``; none of one word where a sentence begins."""
    run: list[Token] = []
    for token in () if text.isupper() else tokens:
        free = not any(span.overlaps(token) for span in taken)
        if not free or not text[token.start].isupper():
            continue
        if run and not _JOINT.fullmatch(text, run[-1].end, token.start):
            yield from _run(text, run)
            run = []
        run.append(token)
    yield from _run(text, run)


def _run(text: str, run: list[Token]) -> Iterator[Span]:
    """The run as a name; a capital at the start of a sentence or a quotation says nothing by itself."""
    begins = bool(run) and _BEGINNING.search(text[: run[0].start]) is not None
    while run and not run[0].content and (begins or run[0].word in _ARTICLES):
        run, begins = run[1:], False
    if (
        len(run) <= MOST_NAMES
        and any(token.content for token in run)
        and not (begins and len(run) == 1)
        and run[0].word != "no"
    ):
        tail = _NUMBERED.match(text, run[-1].end)
        yield Span(start=run[0].start, end=tail.end() if tail else run[-1].end)


def _beside(tokens: Sequence[Token], span: Span) -> tuple[str, ...]:
    """The terms of the content words next to a name, nearest first on either side."""
    before = [token for token in tokens if token.end <= span.start][-_DISTANCE:]
    after = [token for token in tokens if token.start >= span.end][:_DISTANCE]
    inside = [token for token in tokens if span.contains(token)]
    return tuple(dict.fromkeys(token.term for token in (*inside, *reversed(before), *after) if token.content))


def _days(text: str, mentions: Iterable[Mention]) -> tuple[str, ...]:
    days = (mention.span.of(text) for mention in mentions if mention.kind is MentionKind.DATE)
    return tuple(day for day in days if any(sign.isdigit() for sign in day))


def _distinct(names: Iterable[NamedEntity]) -> tuple[NamedEntity, ...]:
    """The first of those that are written alike, ``MOST_NAMES`` at most."""
    found: dict[str, NamedEntity] = {}
    for name in names:
        found.setdefault(name.text.casefold(), name)
    return tuple(found.values())[:MOST_NAMES]


def _topic(
    before: DialogueState, title: str, own: Sequence[NamedEntity], said: Sequence[NamedEntity], *, moved: bool
) -> tuple[NamedEntity | None, bool]:
    """The main name of the conversation, and whether it is the title of an article.

    A title that is a name is the topic as long as its article is cited or nothing is; then come the question's own
    names, people before organisations before places, the topic so far, and the names of the quotes; these before the
    topic so far where the conversation has ``moved``: a question that took nothing from it was answered.
    """
    if before.topic is not None and before.titled and (not title or before.topic.text == bare_title(title)):
        return before.topic, True
    if (named := _title_as_name(title, (*own, *said))) is not None:
        return named, True
    so_far = () if before.topic is None else (before.topic,)
    quoted = _by_kind(said)
    return next(iter((*_by_kind(own), *((*quoted, *so_far) if moved else (*so_far, *quoted)))), None), False


def _by_kind(names: Iterable[NamedEntity]) -> list[NamedEntity]:
    return sorted((name for name in names if name.kind in _RANK), key=lambda name: _RANK[name.kind])


def _title_as_name(title: str, names: Iterable[NamedEntity]) -> NamedEntity | None:
    """A title that is one name, without its brackets; None for a headline."""
    bare = bare_title(title)
    content = [token for token in tokenize(bare) if token.content]
    named = {name.text for name in names if name.text in bare and name.text != bare}
    if not 0 < len(content) <= _SHORT_TITLE or not is_capitalised(bare) or len(named) > 1:
        return None
    kind = next((name.kind for name in names if name.text in bare and name.kind), None)
    return NamedEntity(text=bare, kind=kind)


def is_capitalised(title: str) -> bool:
    """Whether every content word of a title begins with a capital, as in a name."""
    words = (token for token in tokenize(title) if token.content and token.word not in _PARTICLES)
    return not any(title[token.start].islower() for token in words)


def same_entity(one: NamedEntity, other: NamedEntity) -> bool:
    """Whether one name is the other, or a part of it."""
    left, right = one.text.casefold().split(), other.text.casefold().split()
    return set(left) <= set(right) or set(right) <= set(left)


def bare_title(title: str) -> str:
    """A title without its brackets; a name without the titles after its comma."""
    bare = re.sub(r"\s*[(\[].*?[)\]]", "", title).strip() or title
    name, _, _ = bare.partition(", ")
    return name if name != bare and is_capitalised(bare) else bare


MOST_QUOTES = 24
"""How many quotes of a conversation are kept, so that stored conversations stay small; chosen by hand."""


_MORE = re.compile(
    r"^\W*(?:and |so |ok(?:ay)?,? )?(?:(?:what|who|whom|where|when|which|why|any|anything|anyone|anybody|something|"
    r"somebody)\b(?:\W+\w+){0,2}?\W+(?:else|other|others|another|more)\b"
    r"|(?:tell me |show me |give me )?(?:some |any )?more\b)"
    r"|\bbesides\b",
    re.IGNORECASE,
)


class ShownQuote(Record):
    """A span of an article that was quoted in a conversation."""

    article_id: str = Field(min_length=1)
    span: Span


def asks_for_more(text: str) -> bool:
    """Whether a question asks for what was not given yet: ``what else``, ``any other news``, ``more``."""
    return bool(_MORE.search(text))


def unseen(evidence: tuple[Evidence, ...], seen: tuple[ShownQuote, ...]) -> tuple[Evidence, ...]:
    """The evidence that is in none of the quotes shown."""
    return tuple(sentence for sentence in evidence if not any(_contains(shown, sentence) for shown in seen))


def _contains(shown: ShownQuote, evidence: Evidence) -> bool:
    return shown.article_id == evidence.hit.passage.article_id and shown.span.contains(evidence.span)


def shown_by(reply: Reply, before: tuple[ShownQuote, ...]) -> tuple[ShownQuote, ...]:
    """The quotes of a conversation after a reply, the latest first."""
    latest = tuple(ShownQuote(article_id=citation.article_id, span=citation.span) for citation in reply.citations)
    return tuple(dict.fromkeys((*latest, *before)))[:MOST_QUOTES]
