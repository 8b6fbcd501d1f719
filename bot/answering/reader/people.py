"""The people of a sentence: who holds an office, what a person is, whose words are quoted or reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from bot.answering.lexicon.synonyms import lexicon
from bot.answering.lexicon.word_lists import term_list
from bot.answering.models import AskedSpeaker, Evidence, Office, Question
from bot.answering.reader.cue_phrases import SPEECH_VERB
from retrieval.models import Finding, Hit, Mention, MentionKind, Span
from retrieval.text.tokens import index_terms, tokenize


def office_holders(role: Office, hit: Hit, index: int) -> list[Mention]:
    """The people of a sentence who hold the office, for every owner that the question names."""
    people = [mention for mention in hit.mentions_in(index) if mention.kind is MentionKind.PERSON and mention.role]
    return [mention for mention in people if mention.role and _fits(role, mention.role, hit)]


def _fits(role: Office, span: Span, hit: Hit) -> bool:
    given = frozenset(_terms_of(hit.passage.words_of(span)))
    held = all(word in given for word in role.office) or any(
        all(word in given for word in phrase) for phrase in lexicon().synonyms.get(role.office, frozenset())
    )
    return held and role.owners <= _owners_in(span, hit) and not (given & term_list("ranks")) - frozenset(role.office)


def _owners_in(span: Span, hit: Hit) -> frozenset[str]:
    inside = [mention for mention in hit.passage.mentions if span.contains(mention.span)]
    return frozenset(mention.value for mention in inside if mention.value)


@cache
def _terms_of(words: str) -> tuple[str, ...]:
    return tuple(token.term for token in tokenize(words))


def stated_roles(question: Question, evidence: Evidence) -> Iterator[Span]:
    """The spans of a sentence that say what the person of ``who is X`` is."""
    asked = {token.term for token in question.terms}
    for mention in evidence.hit.mentions_in(evidence.index):
        if mention.kind is MentionKind.PERSON and mention.role is not None:
            name = set(index_terms(evidence.hit.passage.words_of(mention.span)))
            others = (m for m in evidence.hit.passage.mentions if m.kind is MentionKind.PERSON and m is not mention)
            if any(mention.role.contains(other.span) for other in others):
                continue
            if name & asked and asked <= name | set(index_terms(mention.value or "")):
                yield mention.role


_PRONOUNS = frozenset({"he", "she"})


_REFERENCES = _PRONOUNS | {"the"}


_BEFORE = 2
"""How many sentences before "he said" its speaker may be named; chosen by hand."""


def known_speaker(question: Question, finding: Finding) -> AskedSpeaker | None:
    """The person whose words are asked for; None unless a passage that was found has that name as a person's."""
    speaker = question.speaker
    known = speaker is not None and any(_names_person(hit, speaker.term) for hit in finding.hits)
    return speaker if known else None


def _names_person(hit: Hit, term: str) -> bool:
    people = (mention for mention in hit.passage.mentions if mention.kind is MentionKind.PERSON)
    return any(term in index_terms(mention.value or "") for mention in people)


def quotes_or_reports(speaker: AskedSpeaker, hit: Hit, index: int) -> bool:
    """Whether a sentence quotes or reports a person whom it names or refers back to."""
    quoted = [mention for mention in hit.passage.mentions if _is_quote_in(mention, hit, index)]
    words = hit.passage.sentence_texts[index]
    if any(speaker.term in index_terms(mention.value or "") for mention in quoted):
        return True
    if not quoted and not SPEECH_VERB.search(words):
        return False
    said_by_name = not quoted and speaker.term in {token.term for token in hit.tokens[index]}
    return said_by_name or (_refers_back(hit, index, quoted) and _named_before(speaker, hit, index))


def _is_quote_in(mention: Mention, hit: Hit, index: int) -> bool:
    span = hit.passage.sentences[index].span
    return mention.kind is MentionKind.QUOTE and mention.span.overlaps(span)


def _refers_back(hit: Hit, index: int, quoted: Sequence[Mention]) -> bool:
    """Whether the words are said by "he", "she" or "the minister"; of a quotation its speaker decides."""
    if quoted:
        return any((mention.value or "he").casefold().split()[0] in _REFERENCES for mention in quoted)
    return not _PRONOUNS.isdisjoint(token.word for token in hit.tokens[index])


def _named_before(speaker: AskedSpeaker, hit: Hit, index: int) -> bool:
    return any(token.term == speaker.term for tokens in hit.tokens[max(0, index - _BEFORE) : index] for token in tokens)


def speaker_first(speaker: AskedSpeaker | None, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The evidence with the sentences first that quote or report the speaker; the order is kept otherwise."""
    if speaker is None:
        return evidence
    return tuple(sorted(evidence, key=lambda sentence: not quotes_or_reports(speaker, sentence.hit, sentence.index)))


def quoted_speaker(evidence: Evidence, span: Span) -> str | None:
    """The name of the speaker whose quotation overlaps ``span``; None where the article has only a pronoun."""
    for mention in evidence.hit.passage.mentions:
        if mention.kind is MentionKind.QUOTE and mention.span.overlaps(span):
            return mention.value if mention.value and mention.value[0].isupper() else None
    return None
