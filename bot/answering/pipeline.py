"""Answering pipeline: parse, retrieve, rank sentences, extract, estimate confidence, compose."""

from __future__ import annotations

from copy import copy
from datetime import date
from functools import partial

from bot.answering.confidence.abstention import Judgement, judge, judge_reading
from bot.answering.dialogue.context_dependence import conversation_helps, is_self_contained
from bot.answering.dialogue.rewriter import RewrittenQuestion, rewrite
from bot.answering.dialogue.state import DialogueState, ShownQuote, asks_for_more, unseen
from bot.answering.fusion import is_fitted, read_evidence
from bot.answering.models import (
    Analyse,
    Answer,
    Evidence,
    Finder,
    Missing,
    NoAnswer,
    Profile,
    Question,
    QuestionKind,
    Reason,
    Reply,
    Trace,
)
from bot.answering.question.normalise import remove_courtesies
from bot.answering.question.parser import parse_question
from bot.answering.question.time_window import DateFinder
from bot.answering.reader.answer_extractor import extract_answers
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.people import known_speaker, speaker_first
from bot.answering.reader.question_terms import question_terms
from bot.answering.reader.sentence_ranker import MOST_SENTENCES, NO_LIMIT, every_sentence, rank_sentences
from bot.answering.reader.term_matching import QuestionTerms
from bot.answering.readings import ExtractiveReader
from bot.answering.response.comparison import is_comparison
from bot.answering.response.composer import compose
from bot.answering.response.overview import compose_overview
from retrieval.models import CorpusProfile, Finding, Scope

PASSAGES = 10
"""How many passages are read for evidence; chosen by hand."""
LONGEST_READ = 10
"""Terms of a question that the reader reads: longer ones have several clauses, of which a sentence answers some. On 150
long questions of MultiHop-RAG, reading them too left a right sentence for 0.04 instead of 0.25."""
KNOWN_GAPS = frozenset({Reason.RELATION_NOT_STATED, Reason.NO_WORDS, Reason.VALUE_NOT_GIVEN})
"""Reasons of the rules that say what is missing; they are better than the closest quotes where nothing is claimed."""
NEVER = 1.1
"""A threshold that no probability reaches."""
_OF_SIDES = 40
"""How many sentences are kept where several outlets are compared; chosen by hand."""


class Answerer:
    """Answers questions over an injected search and language; holds no state, so threads may share it."""

    def __init__(  # noqa: PLR0913  what the composition root injects
        self,
        find: Finder,
        analyse: Analyse,
        profile: Profile,
        *,
        threshold: float | None = None,
        closest_threshold: float | None = None,
        find_dates: DateFinder | None = None,
        reader: ExtractiveReader | None = None,
    ) -> None:
        """``find_dates`` finds the dates of a text written on a day; without it "last week" is not understood.

        ``reader`` reads question and passages together; without it sentences are chosen by rules alone. From the
        probability ``threshold`` on it answers, from ``closest_threshold`` on it shows the closest quotes.
        """
        self._find_dates = find_dates
        self._find = find
        self._analyse = analyse
        self._profile = profile
        self._reader = reader
        self._threshold, self._closest_threshold = threshold, closest_threshold

    def over(self, find: Finder) -> Answerer:
        """The same over another search."""
        other = copy(self)
        other._find = find
        return other

    def answer(
        self,
        text: str,
        *,
        previous: DialogueState | None = None,
        expired: DialogueState | None = None,
        today: date | None = None,
        always: bool = False,
    ) -> Trace:
        """Answers ``text`` with quotes and citations, or says why not; ``always`` answers on any evidence.

        ``previous`` is the conversation so far (``state_after``): what the question depends on is taken from it.
        ``expired`` is one that is over: the question is answered without it, and ``Trace.expired`` says what it would
        have added. The question goes through the pipeline once, or twice where both readings are possible.
        """
        profile = self._profile()
        if not text.strip():
            return _silent(text, QuestionKind.KEYWORDS, Reason.EMPTY_QUESTION, profile)
        asked = remove_courtesies(text)
        seen = previous.shown if previous and asks_for_more(asked) else ()
        rewritten = rewrite(self._analyse(asked), previous or expired).model_copy(update={"seen": seen})
        run = partial(self._run, text, profile=profile, today=today, always=always)
        if previous is not None and rewritten.sure and rewritten.text != asked:
            return self._with_offer(run(rewritten), rewritten.offered, profile, today)
        alone = run(RewrittenQuestion(text=asked, seen=seen))
        if rewritten.text == asked:
            return self._with_offer(alone, rewritten.offered if previous else None, profile, today)
        if previous is None:
            return alone if _is_settled(alone) else _with_expired(alone, run(rewritten))
        with_context = run(rewritten)
        return with_context if conversation_helps(with_context, alone) else alone

    def _with_offer(self, trace: Trace, offered: str | None, profile: CorpusProfile, today: date | None) -> Trace:
        """The silence with another question that would be answered, where there is one."""
        if offered is None or not isinstance(trace.reply, NoAnswer) or _whatever_is_added(trace.reply):
            return trace
        other = self._run(offered, RewrittenQuestion(text=offered), profile=profile, today=today, always=False)
        if not isinstance(other.reply, Answer):
            return trace
        return trace.model_copy(update={"reply": trace.reply.model_copy(update={"offered": offered})})

    def _run(
        self, text: str, rewritten: RewrittenQuestion, *, profile: CorpusProfile, today: date | None, always: bool
    ) -> Trace:
        """One run of the pipeline."""
        asked = parse_question(self._analyse(rewritten.text), profile, today=today, find_dates=self._find_dates)
        question = asked.model_copy(update={"carried": rewritten.carried})
        if reason := _no_need_to_search(question, profile, always):
            return _silent(text, question.kind, reason, profile, question)
        finding = self._find(question.query(PASSAGES))
        if question.scope is not Scope.NEAREST:
            return _overview(text, question, finding, profile, rewritten.seen)
        terms = question_terms(question, finding)
        ranked = unseen(rank_sentences(question, terms, finding, _OF_SIDES), rewritten.seen)
        context, judgement = self._judged(_context(question, terms, finding, ranked), ranked)
        if rewritten.seen and not context.evidence:
            judgement = judgement.model_copy(update={"reason": Reason.NOTHING_ELSE, "missing": ()})
        if always and context.evidence:
            judgement = Judgement(probability=judgement.probability, parts=judgement.parts)
        return Trace(
            text=text,
            question=question,
            finding=finding,
            evidence=context.evidence,
            candidates=context.candidates,
            confidence=judgement.parts,
            reply=_with_carried(compose(context, judgement, profile), rewritten.carried),
        )

    def _judged(self, context: AnswerContext, ranked: tuple[Evidence, ...]) -> tuple[AnswerContext, Judgement]:
        """The evidence and its judgement: by rules where they are certain or nobody reads, else by the reader."""
        judgement = judge(context, self._threshold, self._closest_threshold)
        reader, question, terms = self._reader, context.question, context.terms
        settled = judgement.certain or judgement.reason in {Reason.UNKNOWN_NAME, Reason.NOTHING_FOUND}
        if reader is None or settled or len(terms.distinct) > LONGEST_READ or is_comparison(question):
            return context, judgement
        read = _context(
            question, terms, context.finding, read_evidence(reader, question.text, context.finding.hits, ranked)
        )
        if not read.is_read:
            return context, judgement
        read_judgement = judge_reading(read, self._threshold if is_fitted(reader) else NEVER, self._closest_threshold)
        if read_judgement.reason is not None and judgement.reason in KNOWN_GAPS:
            return context, judgement
        return read, read_judgement


def _context(question: Question, terms: QuestionTerms, finding: Finding, ranked: tuple[Evidence, ...]) -> AnswerContext:
    every = speaker_first(known_speaker(question, finding), ranked)
    evidence, more = (every, ()) if is_comparison(question) else (every[:MOST_SENTENCES], every[MOST_SENTENCES:])
    candidates = extract_answers(question, terms, evidence)
    return AnswerContext(question, terms, finding, evidence, candidates, more)


def _overview(
    text: str, question: Question, finding: Finding, profile: CorpusProfile, seen: tuple[ShownQuote, ...]
) -> Trace:
    """The trace of a question for all there is, which is looked up rather than judged."""
    terms = question_terms(question, finding)
    every = rank_sentences(question, terms, finding, NO_LIMIT) if question.terms else every_sentence(finding)
    evidence = unseen(every, seen)
    context = AnswerContext(question=question, terms=terms, finding=finding, evidence=evidence)
    reply = compose_overview(context, profile)
    if seen and finding.hits and isinstance(reply, NoAnswer):
        reply = reply.model_copy(update={"reason": Reason.NOTHING_ELSE, "missing": ()})
    reply = _with_carried(reply, question.carried)
    return Trace(text=text, question=question, finding=finding, evidence=evidence, reply=reply)


def _is_settled(alone: Trace) -> bool:
    """Whether a question was answered and refers back to nothing, so that no conversation needs to be named."""
    return isinstance(alone.reply, Answer) and is_self_contained(alone.text)


def _with_expired(alone: Trace, with_context: Trace) -> Trace:
    """The trace with the names that a conversation that is over would have added to an answer."""
    reply = with_context.reply
    return alone.model_copy(update={"expired": reply.carried}) if isinstance(reply, Answer) else alone


def _with_carried(reply: Reply, carried: tuple[str, ...]) -> Reply:
    return reply.model_copy(update={"carried": carried}) if isinstance(reply, NoAnswer) and carried else reply


def _no_need_to_search(question: Question, profile: CorpusProfile, always: bool) -> Reason | None:
    if question.kind is QuestionKind.SMALL_TALK:
        return Reason.THANKS if question.text.casefold().lstrip().startswith(_THANKS) else Reason.GREETING
    if not profile.articles:
        return Reason.EMPTY_CORPUS
    if question.unknown_outlets and not always:
        return Reason.UNKNOWN_OUTLET
    gathers = question.scope in {Scope.DATED, Scope.NEWEST, Scope.NAMES} or question.kind is QuestionKind.COUNT
    return None if question.terms or gathers else Reason.EMPTY_QUESTION


def _whatever_is_added(reply: NoAnswer) -> bool:
    """Whether a question with more words would have no answer either: a word of it is in no article."""
    if reply.reason in {Reason.NOT_SURE, Reason.CLOSEST}:
        return any(gap.value is None and not gap.articles for gap in reply.missing)
    return reply.reason in {Reason.UNKNOWN_NAME, Reason.UNKNOWN_OUTLET}


_THANKS = ("thank", "thx", "teşek", "sağ", "спасибо")


def _silent(
    text: str, kind: QuestionKind, reason: Reason, profile: CorpusProfile, question: Question | None = None
) -> Trace:
    missing = (
        tuple(Missing(words=name) for name in question.unknown_outlets)
        if question and reason is Reason.UNKNOWN_OUTLET
        else ()
    )
    return Trace(
        text=text,
        question=question,
        reply=NoAnswer(text=text, kind=kind, reason=reason, missing=missing, profile=profile),
    )
