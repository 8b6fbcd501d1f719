"""Overviews: how many and which articles, the newest, what happened on some days, every name.

How many of each are shown was chosen by hand, so that a reply stays short; the rest is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from bot.answering.confidence.abstention import unknown_names
from bot.answering.dates import day_in_words
from bot.answering.models import (
    Evidence,
    Missing,
    NoAnswer,
    Question,
    QuestionKind,
    Reason,
    Reply,
    StatementKind,
    TimeWindow,
)
from bot.answering.question.time_window import window_in_words
from bot.answering.reader.context import AnswerContext
from bot.answering.response.aggregation import (
    DatedSentence,
    NamedValue,
    about_the_question,
    best_of_each_article,
    dated_sentences,
    is_announced,
    name_of,
    named_values,
    source_evidence,
    spread_over_articles,
)
from bot.answering.response.draft import Draft
from retrieval.models import CorpusProfile, Header, Scope

_SURE = 0.9
"""The confidence of what was looked up; it is not estimated."""
_UNSURE = 0.1
"""The confidence where nothing was found."""
_MOST_DATED = 5
_MOST_NEWEST = 4
_MOST_QUOTED = 3
_MOST_SOURCES = 10
_MOST_NAMES = 20


def compose_overview(context: AnswerContext, profile: CorpusProfile) -> Reply:
    """The overview, or why there is nothing to show."""
    draft = Draft()
    if not unknown_names(context.question, context.terms):
        _WRITERS[context.question.kind](draft, context, profile)
    return draft.answer(context, _SURE) if draft.citations else _nothing(context, profile)


def _nothing(context: AnswerContext, profile: CorpusProfile) -> NoAnswer:
    unknown = unknown_names(context.question, context.terms)
    dated = context.question.scope is Scope.DATED
    reason = Reason.UNKNOWN_NAME if unknown else Reason.NOTHING_DATED if dated else Reason.NOT_SURE
    return NoAnswer(
        text=context.question.text,
        kind=context.question.kind,
        reason=reason,
        missing=unknown or (_days_missing(context.question) if dated else _words_missing(context)),
        confidence=_UNSURE,
        respellings=context.finding.respellings,
        profile=profile,
    )


def _days_missing(question: Question) -> tuple[Missing, ...]:
    if question.asked_days is None:
        return ()
    words = window_in_words(question.asked_days.window)
    time = words if words.startswith(("from", "until")) else f"on {words}" if " to " not in words else f"from {words}"
    return tuple(Missing(words=word) for word in (time, *[question.text[t.start : t.end] for t in question.terms]))


def _words_missing(context: AnswerContext) -> tuple[Missing, ...]:
    """The words that are in no article; empty where each is in some article, but not all in one."""
    words = {token.term: context.question.text[token.start : token.end] for token in context.question.terms}
    return tuple(Missing(words=words.get(c.term, c.word)) for c in context.finding.counts if not c.passages)


# ------------------------------------------------------ articles


def _write_sources(draft: Draft, context: AnswerContext, _profile: CorpusProfile) -> None:
    found = about_the_question(context, source_evidence(context))
    sentences = found[:_MOST_SOURCES]
    by_outlet: dict[str, list[int]] = {}
    for evidence in sentences:
        by_outlet.setdefault(name_of(evidence.hit.header), []).append(draft.number(evidence, evidence.span))
    for outlet, numbers in by_outlet.items():
        draft.say(StatementKind.ITEM, outlet, numbers)
    if len(found) > len(sentences):
        draft.say(StatementKind.REMARK, f"The nearest {len(sentences)} articles; there are more.", ())
    for number in range(1, min(len(draft.citations), _MOST_QUOTED) + 1):
        draft.quote(number)


def _write_count(draft: Draft, context: AnswerContext, profile: CorpusProfile) -> None:
    total = context.finding.total or 0
    sentences = best_of_each_article(context.evidence)[:_MOST_SOURCES]
    numbers = [draft.number(evidence, evidence.span) for evidence in sentences]
    if not numbers:
        return
    draft.say(StatementKind.SHORT, _how_many(context, total), numbers, _counted(context, profile))
    if total > len(numbers):
        draft.say(StatementKind.REMARK, f"{len(numbers)} of them are listed here.", ())
    for number in numbers[:_MOST_QUOTED]:
        draft.quote(number)


def _how_many(context: AnswerContext, total: int) -> str:
    """The number of articles, or of their outlets where these are asked for and all of them are known."""
    outlets = {hit.header.outlet for hit in context.finding.hits}
    if _OUTLETS.search(context.question.text) and total <= len(context.finding.hits) and None not in outlets:
        return f"{len(outlets)} {'outlet' if len(outlets) == 1 else 'outlets'}"
    return f"{total} {'article' if total == 1 else 'articles'}"


_OUTLETS = re.compile(
    r"\bhow many (?:news )?(?:outlets|sources|newspapers|agencies|media|papers|sites)\b", re.IGNORECASE
)


def _counted(context: AnswerContext, profile: CorpusProfile) -> str:
    used = {respelling.asked: respelling.used for respelling in context.finding.respellings}
    phrases = _phrases(context.question)
    words = " and ".join(f"“{used.get(phrase, phrase)}”" for phrase in phrases)
    outlets = f" of {' and '.join(context.question.outlets)}" if context.question.outlets else ""
    if not phrases:
        return f"all{outlets or ' there are'}"
    together = " in one passage" if len(context.question.terms) > 1 else ""
    return f"{context.finding.total} of {profile.articles}; counted: articles{outlets} with {words}{together}"


def _phrases(question: Question) -> list[str]:
    """The words that were counted; adjacent ones are one phrase: Sam Bankman-Fried."""
    spans: list[tuple[int, int]] = []
    for token in question.terms:
        if spans and question.text[spans[-1][1] : token.start] in {" ", "-", "–"}:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
    return list(dict.fromkeys(question.text[start:end] for start, end in spans))


def _write_newest(draft: Draft, context: AnswerContext, _profile: CorpusProfile) -> None:
    subject = best_of_each_article(about_the_question(context, _in_reading_order(context)))
    for evidence in subject[:_MOST_NEWEST]:
        draft.quote(draft.number(evidence, evidence.span), _appeared(evidence.hit.header))
    total = context.finding.total or 0
    if total > len(draft.citations) and draft.citations:
        on_it = "articles most on this" if context.question.terms else "articles"
        draft.say(StatementKind.REMARK, f"The newest {len(draft.citations)} of {total} {on_it}.", ())


def _in_reading_order(context: AnswerContext) -> Sequence[Evidence]:
    """The evidence, best first; without question terms, in the order of the articles and their sentences."""
    if context.question.terms:
        return context.evidence
    return sorted(context.evidence, key=lambda evidence: (evidence.hit.rank, evidence.index))


def _appeared(header: Header) -> str | None:
    return day_in_words(header.published.day) if header.published else None


# ------------------------------------------------------ days


def _write_days(draft: Draft, context: AnswerContext, _profile: CorpusProfile) -> None:
    sentences = dated_sentences(context)
    shown = spread_over_articles(sentences, _MOST_DATED)
    if not shown or context.question.asked_days is None:
        return
    asked = context.question.asked_days
    words = window_in_words(asked.window)
    draft.say(StatementKind.HEADING, words[0].upper() + words[1:], (), _understood(asked))
    for sentence in shown:
        draft.quote(draft.number(sentence.evidence, sentence.evidence.span), _day_note(sentence, asked))
    if len(sentences) > len(shown):
        draft.say(
            StatementKind.REMARK,
            f"{_of_how_many(context, sentences, shown)}; name a person or a place to see others.",
            (),
        )


def _of_how_many(context: AnswerContext, sentences: Sequence[DatedSentence], shown: Sequence[DatedSentence]) -> str:
    passages = context.finding.total or 0
    if passages > len(context.finding.hits):
        return f"{len(shown)} sentences; {passages} passages are about this time"
    return f"{len(shown)} of {len(sentences)} sentences"


def _understood(asked: TimeWindow) -> str | None:
    if asked.words is None:
        return asked.how
    return f"“{asked.words}”, {asked.how}"


def _day_note(sentence: DatedSentence, asked: TimeWindow) -> str | None:
    """The day where several are asked about, how it was worked out, and whether it was announced."""
    several = asked.window != sentence.days
    parts = (window_in_words(sentence.days) if several else "", _worked_out(sentence), _announcement(sentence))
    return ", ".join(part for part in parts if part) or None


def _worked_out(sentence: DatedSentence) -> str:
    """How a day was worked out that the article does not give with digits; empty for others."""
    words = sentence.evidence.hit.passage.words_of(sentence.mention.span)
    given = any(letter.isdigit() for letter in words)
    return "" if given or sentence.mention.how is None else f"“{words}”: {sentence.mention.how}"


def _announcement(sentence: DatedSentence) -> str:
    published = sentence.evidence.hit.header.published
    return f"announced on {day_in_words(published.day)}" if published and is_announced(sentence) else ""


# ------------------------------------------------------ names


def _write_names(draft: Draft, context: AnswerContext, _profile: CorpusProfile) -> None:
    named = named_values(context)[:_MOST_NAMES]
    for name in named:
        draft.say(StatementKind.ITEM, name.words, (draft.number(name.evidence, name.evidence.span),))
    total = context.finding.total or 0
    if total > len(named) and named:
        draft.say(StatementKind.REMARK, f"{len(named)} of {total}, those in most articles first.", ())
    for number in _by_number_of_names(named, draft)[:_MOST_QUOTED]:
        draft.quote(number)


def _by_number_of_names(named: Iterable[NamedValue], draft: Draft) -> list[int]:
    """The numbers of the citations, those with most names first."""
    numbers = [draft.number(name.evidence, name.evidence.span) for name in named]
    return sorted(dict.fromkeys(numbers), key=lambda number: -numbers.count(number))


_WRITERS: dict[QuestionKind, Callable[[Draft, AnswerContext, CorpusProfile], None]] = {
    QuestionKind.SOURCES: _write_sources,
    QuestionKind.COUNT: _write_count,
    QuestionKind.LATEST: _write_newest,
    QuestionKind.ON_DATE: _write_days,
    QuestionKind.PLANNED: _write_days,
    QuestionKind.LIST: _write_names,
}
