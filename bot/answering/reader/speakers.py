"""Whose words are asked for, and whether a sentence gives words of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.models import AskedSpeaker, Evidence, Question
from bot.answering.reader.cue_phrases import SPEAKS
from retrieval.models import Finding, Hit, Mention, MentionKind, Span
from retrieval.text.tokens import index_terms

_POINTING = frozenset({"he", "she"})
_WHO_IS_MEANT = _POINTING | {"the"}
_BEFORE = 2
"""How many sentences back a speaker may be named to whom "he said" points."""


def known_speaker(question: Question, finding: Finding) -> AskedSpeaker | None:
    """The person whose words are asked for, where a passage that was found has the name as a person's."""
    speaker = question.speaker
    known = speaker is not None and any(_names_person(hit, speaker.term) for hit in finding.hits)
    return speaker if known else None


def _names_person(hit: Hit, term: str) -> bool:
    people = (mention for mention in hit.passage.mentions if mention.kind is MentionKind.PERSON)
    return any(term in index_terms(mention.value or "") for mention in people)


def gives_words_of(speaker: AskedSpeaker, hit: Hit, index: int) -> bool:
    """Whether a sentence quotes or reports somebody, who is named in it or pointed to from it."""
    quoted = [mention for mention in hit.passage.mentions if _is_quote_in(mention, hit, index)]
    words = hit.passage.words_of(hit.passage.sentences[index].span)
    if any(speaker.term in index_terms(mention.value or "") for mention in quoted):
        return True
    if not quoted and not SPEAKS.search(words):
        return False
    said_by_name = not quoted and speaker.term in {token.term for token in hit.tokens[index]}
    return said_by_name or (_points_back(hit, index, quoted) and _named_before(speaker, hit, index))


def _is_quote_in(mention: Mention, hit: Hit, index: int) -> bool:
    span = hit.passage.sentences[index].span
    return mention.kind is MentionKind.QUOTE and mention.span.overlaps(span)


def _points_back(hit: Hit, index: int, quoted: Sequence[Mention]) -> bool:
    """Whether the words are "his", or "the minister's"; where they are quoted, the quotation's speaker decides."""
    if quoted:
        return any((mention.value or "he").casefold().split()[0] in _WHO_IS_MEANT for mention in quoted)
    return not _POINTING.isdisjoint(token.word for token in hit.tokens[index])


def _named_before(speaker: AskedSpeaker, hit: Hit, index: int) -> bool:
    return any(token.term == speaker.term for tokens in hit.tokens[max(0, index - _BEFORE) : index] for token in tokens)


def their_words_first(speaker: AskedSpeaker | None, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The evidence with the sentences first that give words of the person asked about, each group in its order."""
    if speaker is None:
        return evidence
    return tuple(sorted(evidence, key=lambda piece: not gives_words_of(speaker, piece.hit, piece.index)))


def quoted_speaker(piece: Evidence, span: Span) -> str | None:
    """The name of the one whose quotation holds ``span``; None where the article only points at somebody."""
    for mention in piece.hit.passage.mentions:
        if mention.kind is MentionKind.QUOTE and mention.span.overlaps(span):
            return mention.value if mention.value and mention.value[0].isupper() else None
    return None
