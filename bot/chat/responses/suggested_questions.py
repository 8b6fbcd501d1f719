"""Suggested questions: about what an answer's quotes name, and only those that the articles answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, zip_longest
from typing import Final

from bot.answering.dates import day_in_words
from bot.answering.models import Answer, QuestionKind, Reply, Trace
from bot.answering.response.text import to_html
from bot.chat.persistence.answers import StoredAnswer, bare
from bot.chat.types import Service
from bot.chat.views.buttons import ButtonAction, CallbackData, Keyboard, shortened
from retrieval.models import CorpusProfile, Mention, MentionKind, Passage, Record

MOST: Final = 3
# questions that are tried at most: each takes the time of an answer
MOST_TRIED: Final = 8
# letters of a question on a button as wide as a message
MOST_ON_A_BUTTON: Final = 60
# in the language of the articles, which is the one that questions are understood in
OPENINGS: Final = {QuestionKind.WHEN: "When", QuestionKind.WHERE: "Where", QuestionKind.WHY: "Why"}


# words of a passage and what they mention
Mentioned = Sequence[tuple[str, Mention]]


class SuggestionCandidate(Record):
    """A question that may be suggested if its answer quotes ``names`` and, where ``short``, is a short one."""

    question: str
    names: str = ""
    short: bool = False

    def suits(self, reply: Answer) -> bool:
        """Whether a reply answers the question as it is meant."""
        return self.names in reply.citations[0].quote and (not self.short or reply.short is not None)


class QuestionSuggester:
    """Finds questions with an answer; asks the articles, so it runs in a worker thread."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._first: tuple[CorpusProfile, date, tuple[StoredAnswer, ...]] | None = None

    def first(self, day: date) -> tuple[StoredAnswer, ...]:
        """Up to three questions to begin with; found anew when the articles or the day have changed."""
        profile = self._service.profile()
        if self._first is None or self._first[:2] != (profile, day):
            passages = [passage for each in profile.newest for passage in self._service.passages_of(each.id)]
            found = islice(self._answered(first_candidates(profile, passages), day, set(), set()), MOST)
            self._first = (profile, day, tuple(found))
        return self._first[2]

    def after(self, answer: StoredAnswer) -> tuple[StoredAnswer, ...]:
        """Up to three questions that follow an answer, each with an answer of other content."""
        trace = self._service.answer(answer.question, answer.day, previous=answer.before)
        asked = {bare(answer.question), bare(answer.self_contained)}
        found = self._answered(candidates(trace), answer.day, _contents(trace.reply), asked)
        return tuple(islice(found, MOST))

    def _answered(
        self, suggested: Iterable[SuggestionCandidate], day: date, known: set[str], asked: set[str]
    ) -> Iterator[StoredAnswer]:
        """Those of the questions that have an answer which is not known yet."""
        for candidate in islice((each for each in suggested if bare(each.question) not in asked), MOST_TRIED):
            trace = self._service.answer(candidate.question, day)
            if isinstance(trace.reply, Answer) and candidate.suits(trace.reply) and _content(trace.reply) not in known:
                known.add(_content(trace.reply))
                yield StoredAnswer.of(trace, day, to_html(trace.reply))


def buttons_for(questions: Iterable[StoredAnswer]) -> Keyboard:
    """A button for each question, that asks it."""
    return tuple(
        (CallbackData(action=ButtonAction.ASK, about=each.id).button(shortened(each.question, MOST_ON_A_BUTTON)),)
        for each in questions
    )


def candidates(trace: Trace) -> Iterator[SuggestionCandidate]:
    """Questions that may follow a reply: the same one by its time, place or reason, and what its passages name."""
    if isinstance(reply := trace.reply, Answer):
        mentioned, known = _mentioned(reply), [span.of(reply.question.text) for span in reply.question.names]
        kinds = (
            _other_openings(reply),
            _on_people(mentioned, known),
            _on_days(mentioned),
            _on_places(mentioned, known),
        )
        yield from _in_turn(*kinds)


def first_candidates(profile: CorpusProfile, passages: Sequence[Passage]) -> Iterator[SuggestionCandidate]:
    """Questions to begin with: on the newest day, and on what the newest articles name."""
    if profile.last:
        yield _on_day(profile.last)
    mentioned = [(passage.words_of(mention.span), mention) for passage in passages for mention in passage.mentions]
    yield from _in_turn(_on_people(mentioned, ()), _on_days(mentioned), _on_places(mentioned, ()))


def _in_turn(*kinds: Iterator[SuggestionCandidate]) -> Iterator[SuggestionCandidate]:
    """The first of each kind, then the second of each, so that three suggestions are of different kinds."""
    return (each for round_ in zip_longest(*kinds) for each in round_ if each)


def _other_openings(reply: Answer) -> Iterator[SuggestionCandidate]:
    """When it happened after a question for its place or reason, and so on."""
    opening, _, rest = reply.question.text.strip().partition(" ")
    if opening.title() in OPENINGS.values() and rest:
        others = (other for kind, other in OPENINGS.items() if kind is not reply.question.kind)
        yield from (SuggestionCandidate(question=f"{other} {rest}", short=True) for other in others)


def _on_people(mentioned: Mentioned, known: Iterable[str]) -> Iterator[SuggestionCandidate]:
    for name in _new_names(mentioned, MentionKind.PERSON, known):
        yield SuggestionCandidate(question=f"Who is {name}?", names=name, short=True)


def _on_places(mentioned: Mentioned, known: Iterable[str]) -> Iterator[SuggestionCandidate]:
    for name in _new_names(mentioned, MentionKind.PLACE, known):
        yield SuggestionCandidate(question=f"What happened in {name}?", names=name)


def _on_days(mentioned: Mentioned) -> Iterator[SuggestionCandidate]:
    days = dict.fromkeys(_day(mention.value) for _, mention in mentioned if mention.kind is MentionKind.DATE)
    yield from (_on_day(day) for day in days if day)


def _on_day(day: date) -> SuggestionCandidate:
    return SuggestionCandidate(question=f"What happened on {day_in_words(day)}?")


def _new_names(mentioned: Mentioned, kind: MentionKind, known: Iterable[str]) -> Iterator[str]:
    """The names of a kind that are not known yet, each once and in full."""
    seen = list(known)
    for name, mention in mentioned:
        if mention.kind is kind and not any(name in each or each in name for each in seen):
            seen.append(name)
            yield name


def _mentioned(reply: Answer) -> Mentioned:
    """What the cited passages mention, what the quotes hold first."""
    found = [(citation, mention) for citation in reply.citations for mention in citation.passage.mentions]
    found.sort(key=lambda pair: not pair[0].span.contains(pair[1].span))
    return [(citation.passage.words_of(mention.span), mention) for citation, mention in found]


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def _contents(reply: Reply) -> set[str]:
    return {_content(reply), *(each.quote for each in reply.citations)} if isinstance(reply, Answer) else set()


def _content(reply: Answer) -> str:
    """The words in which two answers of the same content agree."""
    return reply.short.text if reply.short else reply.citations[0].quote
