"""A trace for a person: what ``ask --explain`` prints, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from bot.answering.features import ScoreFeature
from bot.answering.models import Answer, Candidate, Evidence, Question, Reply, Trace
from retrieval.models import Finding, Hit

T = TypeVar("T")

SHOWN = 5
"""How many hits, sentences and candidates are shown; the rest is counted."""


def explain(trace: Trace) -> str:
    """How a reply came about: the question as read, what was found, the features of each sentence, and the reply."""
    steps = (
        ("Question", _question(trace.question, trace.text)),
        ("Found", _finding(trace.finding)),
        ("Evidence", _evidence(trace.evidence)),
        ("Candidates", _candidates(trace.candidates)),
        ("Confidence", _shares(trace.confidence)),
        ("Reply", _reply(trace.reply)),
    )
    return "\n".join(f"{title}\n" + "\n".join(f"  {line}" for line in lines) for title, lines in steps)


def _question(question: Question | None, typed: str) -> Iterator[str]:
    if question is None:
        yield "there is none"
        return
    if question.text != typed:
        yield f"asked as: {question.text}"
    yield f"kind: {question.kind.value}"
    yield f"terms: {', '.join(token.term for token in question.terms) or '-'}"
    optional = {
        "wanted": [kind.value for kind in question.expected_types],
        "head": [question.head] if question.head else [],
        "names": [span.of(question.analysis.text) for span in question.names],
        "days": [day.isoformat() for day in question.days],
        "outlets": list(question.outlets),
        "outlets that no article has": list(question.unknown_outlets),
        "carried over": list(question.carried),
    }
    yield from (f"{name}: {', '.join(values)}" for name, values in optional.items() if values)


def _finding(finding: Finding | None) -> Iterator[str]:
    if finding is None:
        yield "nothing was looked for"
        return
    for count in finding.counts:
        yield f"{count.word}: in {count.articles} articles, {count.passages} passages, idf {count.idf:.2f}"
    for respelling in finding.respellings:
        alike = f"{respelling.similarity:.2f} alike"
        yield f"{respelling.asked} is in no article; {respelling.used} was looked for ({alike})"
    yield from _first(finding.hits, _hit)


def _hit(hit: Hit) -> str:
    return f"{hit.rank}. {hit.score:.2f} {hit.passage.id}: {_start(hit.passage.text)}"


def _evidence(evidence: tuple[Evidence, ...]) -> Iterator[str]:
    for each in evidence[:SHOWN]:
        yield f"{each.score:.3f} {each.hit.passage.id}: {_start(each.text)}"
        yield from (f"    {line}" for line in _shares(each.features))
    yield from _rest(len(evidence))


def _candidates(candidates: tuple[Candidate, ...]) -> Iterator[str]:
    return _first(candidates, _candidate)


def _candidate(candidate: Candidate) -> str:
    kind = candidate.kind.value if candidate.kind else "clause"
    rule = f", {candidate.rule}" if candidate.rule else ""
    return f"{candidate.score:.3f} {candidate.text} ({kind}{rule})"


def _shares(features: Sequence[ScoreFeature]) -> Iterator[str]:
    """Each feature's share of the score, the largest first; those that add nothing are only named."""
    effective = [feature for feature in features if feature.share]
    yield from (_feature(feature) for feature in sorted(effective, key=lambda feature: -abs(feature.share)))
    if others := [feature.name for feature in features if not feature.share]:
        yield f"without effect: {', '.join(others)}"


def _feature(feature: ScoreFeature) -> str:
    return f"{feature.share:+.3f} {feature.name} ({feature.value:.3f} x {feature.weight:.3f})"


def _reply(reply: Reply) -> Iterator[str]:
    if isinstance(reply, Answer):
        yield f"answered, right with probability {reply.confidence:.2f}, {len(reply.citations)} citations"
        return
    shown = f"{len(reply.citations)} quotes shown" if reply.citations else "not found"
    yield f"{shown} ({reply.reason.value}), right with probability {reply.confidence:.2f}"
    yield from (f"missing: {each.words}, in {each.articles} articles" for each in reply.missing)


def _first(things: Sequence[T], line_of: Callable[[T], str]) -> Iterator[str]:
    yield from (line_of(thing) for thing in things[:SHOWN])
    yield from _rest(len(things))


def _rest(count: int) -> Iterator[str]:
    if count > SHOWN:
        yield f"and {count - SHOWN} more"
    if not count:
        yield "none"


def _start(text: str, letters: int = 100) -> str:
    words = " ".join(text.split())
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…"
