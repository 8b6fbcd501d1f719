"""Finds the asked-for span in the evidence: a date, a number, a name, a place, a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.answering.answer_types import TypedMention, typed_mentions
from bot.answering.case import Case
from bot.answering.dates_shown import shown_date
from bot.answering.matching import Needs, mentions_in
from bot.answering.models import Candidate, Evidence, Question, QuestionKind
from bot.answering.roles import people_with_role, role_asked, roles_of
from retrieval.models import Mention, MentionKind, Span

_LOOKED_AT = 3
_FITTING = 0.6
_RIVAL = 0.6
_LEAST = 0.15
_RELATED = 6.0
_MEASURED = frozenset(
    {
        MentionKind.DATE,
        MentionKind.TIME,
        MentionKind.DURATION,
        MentionKind.NUMBER,
        MentionKind.MONEY,
        MentionKind.PERCENT,
    }
)
_REASON = re.compile(
    r"\b(?:because of|because|due to|owing to|in protest (?:at|of|against)|in response to|protesting against|"
    r"over fears? of|as a result of|"
    r"in order to|so that|caused by|triggered by|sparked by|prompted by|in an? (?:attempt|effort|"
    r"bid) to)\b[^.;:()\u201c\u201d\"]{6,120}?(?=[.;:,()\u201d\"]|$)",
    re.IGNORECASE,
)


def extract(question: Question, needs: Needs, evidence: Sequence[Evidence]) -> tuple[Candidate, ...]:
    """Spans that may be the short answer, best first; none where the kind has none or no span is sure."""
    found = list(_candidates(question, needs, evidence[:_LOOKED_AT]))
    return tuple(sorted(found, key=lambda candidate: -candidate.score))


def _candidates(question: Question, needs: Needs, evidence: Sequence[Evidence]) -> Iterator[Candidate]:
    for place, piece in enumerate(evidence):
        if question.kind is QuestionKind.DEFINITION:
            yield from _definitions(question, piece, place)
        elif question.kind is QuestionKind.WHY:
            yield from _reasons(piece, place)
        else:
            yield from _numbered(question, piece, place)
            if question.kind is not QuestionKind.LIST:
                yield from _typed(question, needs, piece, place)


def _typed(question: Question, needs: Needs, piece: Evidence, place: int) -> Iterator[Candidate]:
    role = role_asked(question)
    if role is not None:
        for mention in people_with_role(role, piece.hit, piece.index):
            yield _verbatim(piece, mention, 2.0 - place)
        return
    for typed in typed_mentions(question, needs, piece.hit, piece.index):
        yield _of_mention(question, piece, typed, place)


def _of_mention(question: Question, piece: Evidence, typed: TypedMention, place: int) -> Candidate:
    passage, kind = piece.hit.passage, typed.mention.kind
    score = typed.fit * (0.5 + typed.nearness) - 0.5 * place
    span = _trimmed(question, typed.mention, passage.words_of(typed.mention.span))
    if kind is MentionKind.DATE and span == typed.mention.span:
        if (whole := _range_around(span, piece)) is not None:
            return Candidate(text=passage.words_of(whole), span=whole, kind=kind, evidence=piece, score=score)
        text, rule = shown_date(typed.mention, passage.words_of(span))
        return Candidate(text=text, span=span, kind=kind, evidence=piece, score=score, rule=rule)
    return Candidate(text=passage.words_of(span), span=span, kind=kind, evidence=piece, score=score)


def _trimmed(question: Question, mention: Mention, words: str) -> Span:
    """The part of a mention that was asked for: the year of a date, a length without "the following"."""
    if question.head == "year" and mention.kind is MentionKind.DATE and (year := _YEAR.search(words)):
        return Span(start=mention.span.start + year.start(), end=mention.span.start + year.end())
    if mention.kind is MentionKind.DURATION and (lead := _LEAD.match(words)):
        return Span(start=mention.span.start + lead.end(), end=mention.span.end)
    return mention.span


def _range_around(span: Span, piece: Evidence) -> Span | None:
    """The whole of "from 1562 to 1598" or "1562-1598" where ``span`` is one of its ends."""
    dates = [mention.span for mention in mentions_in(piece.hit, piece.index) if mention.kind is MentionKind.DATE]
    for first, last in pairwise(dates):
        between = piece.hit.passage.words_of(Span(start=first.start, end=last.end))[first.end - first.start :]
        if span in {first, last} and re.match(
            r"\s*(?:to|until|till|through|[-–—])\s*", between[: last.start - first.end + 1]
        ):
            return Span(start=first.start, end=last.end)
    return None


_YEAR = re.compile(r"\b\d{3,4}\b")
_LEAD = re.compile(
    r"(?:the |a )?(?:following|next|past|last|previous|first|entire|whole|same) (?=\w+[ -])|the (?=\d)", re.IGNORECASE
)


def _numbered(question: Question, piece: Evidence, place: int) -> Iterator[Candidate]:
    """``which article`` is answered by "Article 102": the noun asked for with the number behind it."""
    if question.head is None or question.kind not in {QuestionKind.WHICH, QuestionKind.LIST, QuestionKind.WHAT}:
        return
    for match in re.finditer(
        rf"\b{re.escape(question.head)}s? \d[\w()./-]*(?: (?:and|to|or) \d[\w()./-]*)?", piece.text, re.IGNORECASE
    ):
        end = match.start() + len(match[0].rstrip(".,;/-"))
        span = Span(start=piece.span.start + match.start(), end=piece.span.start + end)
        yield Candidate(text=piece.hit.passage.words_of(span), span=span, evidence=piece, score=1.0 - 0.5 * place)


def _verbatim(piece: Evidence, mention: Mention, score: float) -> Candidate:
    words = piece.hit.passage.words_of(mention.span)
    return Candidate(text=words, span=mention.span, kind=mention.kind, evidence=piece, score=score)


def _definitions(question: Question, piece: Evidence, place: int) -> Iterator[Candidate]:
    for role in roles_of(question, piece):
        words = piece.hit.passage.words_of(role)
        yield Candidate(text=words, span=role, evidence=piece, score=1.0 - 0.1 * place)


def _reasons(piece: Evidence, place: int) -> Iterator[Candidate]:
    for match in _REASON.finditer(piece.text):
        span = Span(start=piece.span.start + match.start(), end=piece.span.start + match.end())
        yield Candidate(text=piece.hit.passage.words_of(span), span=span, evidence=piece, score=1.0 - 0.5 * place)


def sure_candidate(case: Case, best: Evidence) -> Candidate | None:
    """The short answer, where one span is clearly it: in the best sentence, and of a measured kind or with no rival."""
    here = [candidate for candidate in case.candidates if candidate.evidence is best]
    if not here:
        return None
    first = here[0]
    if first.kind in _MEASURED or first.kind is None:
        return first if first.score > _LEAST else None
    rivals = [other for other in here[1:] if other.score > _RIVAL * first.score and other.text != first.text]
    return first if first.score > 0.6 and not rivals else None


def items(case: Case) -> tuple[Candidate, ...]:
    """A list's items: every fitting mention of the sentences that meet the question, in reading order, each once."""
    if not case.evidence or not case.question.wanted:
        return ()
    best = case.evidence[0]
    found: dict[str, Candidate] = {}
    for piece in sorted(_related(case.evidence), key=lambda piece: piece.span.start):
        for typed in typed_mentions(case.question, case.needs, piece.hit, piece.index):
            if typed.fit >= _FITTING and piece.hit.passage.article_id == best.hit.passage.article_id:
                item = _verbatim(piece, typed.mention, typed.fit)
                found.setdefault(typed.mention.value or item.text, item)
    return tuple(found.values())


def _related(evidence: Sequence[Evidence]) -> list[Evidence]:
    return [piece for piece in evidence if piece.score >= evidence[0].score - _RELATED]
