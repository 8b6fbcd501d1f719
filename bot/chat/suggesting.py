"""What could be asked next: questions on what an answer's quotes name, only those that the articles answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice, zip_longest
from typing import Final

from bot.answering import wording
from bot.answering.dates_shown import day_in_words
from bot.answering.models import Answer, QuestionKind, Reply, Trace
from bot.chat.answers import Answered, bare
from bot.chat.service import Service
from retrieval.models import Mention, MentionKind, Record

MOST: Final = 3
# questions that are tried at most: each takes the time of an answer
MOST_TRIED: Final = 8
# the articles' language is the one to ask them in
OPENINGS: Final = {QuestionKind.WHEN: "When", QuestionKind.WHERE: "Where", QuestionKind.WHY: "Why"}


class Candidate(Record):
    """A question that could be asked next; its answer must be a short one, and name what the question does."""

    question: str
    names: str = ""
    short: bool = False

    def suits(self, reply: Answer) -> bool:
        """Whether a reply answers the question as it is meant."""
        return self.names in reply.citations[0].quote and (not self.short or reply.short is not None)


class Suggestions:
    """Finds questions with an answer; asks the articles, so it runs in a worker thread."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def after(self, answered: Answered) -> tuple[Answered, ...]:
        """Up to three questions that go on from an answer, each with an answer that tells something else."""
        trace = self._service.answer(answered.question, answered.day, previous=answered.before)
        told = _all_told(trace.reply)
        asked = {bare(answered.question), bare(answered.by_itself)}
        found = self._answered(candidates(trace), answered.day, told, asked)
        return tuple(islice(found, MOST))

    def _answered(self, wanted: Iterable[Candidate], day: date, told: set[str], asked: set[str]) -> Iterator[Answered]:
        """Those of the questions that have an answer which was not told yet."""
        for candidate in islice((each for each in wanted if bare(each.question) not in asked), MOST_TRIED):
            trace = self._service.answer(candidate.question, day)
            if isinstance(trace.reply, Answer) and candidate.suits(trace.reply) and _told(trace.reply) not in told:
                told.add(_told(trace.reply))
                yield Answered.of(trace, day, wording.html_blocks(trace.reply))


def candidates(trace: Trace) -> Iterator[Candidate]:
    """Questions that may go on from a reply: the same one by its time, place or reason, and what its passages name."""
    if isinstance(reply := trace.reply, Answer):
        sorts = (_otherwise(reply), _on_people(reply), _on_days(reply), _on_places(reply))
        for round_ in zip_longest(*sorts):
            yield from (each for each in round_ if each)


def _otherwise(reply: Answer) -> Iterator[Candidate]:
    """When it happened that somebody asked the place or the reason of, and so on."""
    opening, _, rest = reply.question.text.strip().partition(" ")
    if opening.title() in OPENINGS.values() and rest:
        others = (other for kind, other in OPENINGS.items() if kind is not reply.question.kind)
        yield from (Candidate(question=f"{other} {rest}", short=True) for other in others)


def _on_people(reply: Answer) -> Iterator[Candidate]:
    for name in _new(reply, MentionKind.PERSON):
        yield Candidate(question=f"Who is {name}?", names=name, short=True)


def _on_places(reply: Answer) -> Iterator[Candidate]:
    yield from (Candidate(question=f"What happened in {name}?", names=name) for name in _new(reply, MentionKind.PLACE))


def _on_days(reply: Answer) -> Iterator[Candidate]:
    """Days that the passages tell of."""
    days = dict.fromkeys(_day(mention.value) for _, mention in _mentioned(reply) if mention.kind is MentionKind.DATE)
    yield from (Candidate(question=f"What happened on {day_in_words(day)}?") for day in days if day)


def _new(reply: Answer, kind: MentionKind) -> Iterator[str]:
    """The names of a kind in the cited passages that the question does not name, each once and in full."""
    seen = [span.of(reply.question.text) for span in reply.question.names]
    for name, mention in _mentioned(reply):
        if mention.kind is kind and not any(name in each or each in name for each in seen):
            seen.append(name)
            yield name


def _mentioned(reply: Answer) -> Iterator[tuple[str, Mention]]:
    """What the cited passages mention: its words, what the quotes hold first."""
    found = [(citation, mention) for citation in reply.citations for mention in citation.passage.mentions]
    found.sort(key=lambda pair: not pair[0].span.holds(pair[1].span))
    yield from ((citation.passage.words_of(mention.span), mention) for citation, mention in found)


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
