"""What could be asked next: questions on what an answer's quotes name, only those that the articles answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, zip_longest
from typing import Final

from bot.answering.dates import day_in_words
from bot.answering.models import Answer, QuestionKind, Reply, Trace
from bot.answering.response.text import html_blocks
from bot.chat.persistence.answers import StoredAnswer, bare
from bot.chat.types import Service
from bot.chat.views.buttons import ButtonAction, CallbackData, Keyboard
from retrieval.models import CorpusProfile, Mention, MentionKind, Passage, Record

MOST: Final = 3
# questions that are tried at most: each takes the time of an answer
MOST_TRIED: Final = 8
# letters of a question on a button
MOST_ON_A_BUTTON: Final = 60
# the articles' language is the one to ask them in
OPENINGS: Final = {QuestionKind.WHEN: "When", QuestionKind.WHERE: "Where", QuestionKind.WHY: "Why"}


# words of a passage and what they mention
Mentioned = Sequence[tuple[str, Mention]]


class SuggestionCandidate(Record):
    """A question that could be asked next; its answer must be a short one, and name what the question does."""

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
            found = islice(self._answered(beginnings(profile, passages), day, set(), set()), MOST)
            self._first = (profile, day, tuple(found))
        return self._first[2]

    def after(self, answered: StoredAnswer) -> tuple[StoredAnswer, ...]:
        """Up to three questions that go on from an answer, each with an answer that tells something else."""
        trace = self._service.answer(answered.question, answered.day, previous=answered.before)
        told = _all_told(trace.reply)
        asked = {bare(answered.question), bare(answered.self_contained)}
        found = self._answered(candidates(trace), answered.day, told, asked)
        return tuple(islice(found, MOST))

    def _answered(
        self, wanted: Iterable[SuggestionCandidate], day: date, told: set[str], asked: set[str]
    ) -> Iterator[StoredAnswer]:
        """Those of the questions that have an answer which was not told yet."""
        for candidate in islice((each for each in wanted if bare(each.question) not in asked), MOST_TRIED):
            trace = self._service.answer(candidate.question, day)
            if isinstance(trace.reply, Answer) and candidate.suits(trace.reply) and _told(trace.reply) not in told:
                told.add(_told(trace.reply))
                yield StoredAnswer.of(trace, day, html_blocks(trace.reply))


def buttons_for(questions: Iterable[StoredAnswer]) -> Keyboard:
    """A button for each question, that asks it."""
    return tuple(
        (CallbackData(verb=ButtonAction.ASK, about=each.id).button(_shortly(each.question)),) for each in questions
    )


def _shortly(question: str) -> str:
    return question if len(question) <= MOST_ON_A_BUTTON else f"{question[: MOST_ON_A_BUTTON - 1].rstrip()}…"


def candidates(trace: Trace) -> Iterator[SuggestionCandidate]:
    """Questions that may go on from a reply: the same one by its time, place or reason, and what its passages name."""
    if isinstance(reply := trace.reply, Answer):
        mentioned, known = _mentioned(reply), [span.of(reply.question.text) for span in reply.question.names]
        sorts = (_otherwise(reply), _on_people(mentioned, known), _on_days(mentioned), _on_places(mentioned, known))
        for round_ in zip_longest(*sorts):
            yield from (each for each in round_ if each)


def _otherwise(reply: Answer) -> Iterator[SuggestionCandidate]:
    """When it happened that somebody asked the place or the reason of, and so on."""
    opening, _, rest = reply.question.text.strip().partition(" ")
    if opening.title() in OPENINGS.values() and rest:
        others = (other for kind, other in OPENINGS.items() if kind is not reply.question.kind)
        yield from (SuggestionCandidate(question=f"{other} {rest}", short=True) for other in others)


def beginnings(profile: CorpusProfile, passages: Sequence[Passage]) -> Iterator[SuggestionCandidate]:
    """Questions to begin with: on the newest day, and on what the newest articles name."""
    if profile.last:
        yield _on_day(profile.last)
    mentioned = [(passage.words_of(mention.span), mention) for passage in passages for mention in passage.mentions]
    for round_ in zip_longest(_on_people(mentioned, ()), _on_days(mentioned), _on_places(mentioned, ())):
        yield from (each for each in round_ if each)


def _on_people(mentioned: Mentioned, known: Iterable[str]) -> Iterator[SuggestionCandidate]:
    for name in _new(mentioned, MentionKind.PERSON, known):
        yield SuggestionCandidate(question=f"Who is {name}?", names=name, short=True)


def _on_places(mentioned: Mentioned, known: Iterable[str]) -> Iterator[SuggestionCandidate]:
    for name in _new(mentioned, MentionKind.PLACE, known):
        yield SuggestionCandidate(question=f"What happened in {name}?", names=name)


def _on_days(mentioned: Mentioned) -> Iterator[SuggestionCandidate]:
    """Days that are told of."""
    days = dict.fromkeys(_day(mention.value) for _, mention in mentioned if mention.kind is MentionKind.DATE)
    yield from (_on_day(day) for day in days if day)


def _on_day(day: date) -> SuggestionCandidate:
    return SuggestionCandidate(question=f"What happened on {day_in_words(day)}?")


def _new(mentioned: Mentioned, kind: MentionKind, known: Iterable[str]) -> Iterator[str]:
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


def _all_told(reply: Reply) -> set[str]:
    return {_told(reply), *(each.quote for each in reply.citations)} if isinstance(reply, Answer) else set()


def _told(reply: Answer) -> str:
    """What an answer tells, as far as it can be told from others."""
    return reply.short.text if reply.short else reply.citations[0].quote
