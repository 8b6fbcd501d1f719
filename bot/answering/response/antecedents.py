"""Whom the words at the head of a quote mean, where the article leaves one reading; see ``glossing``.

High precision before all: a name is meant only where the sentences before the quote tell of nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.answering.lexicon.noun_classes import classes_of
from retrieval.models import Mention, MentionKind, Passage, Sentence, Span, TextPart, Token
from retrieval.text.tokens import tokenize

HE = frozenset({"he", "his"})
SHE = frozenset({"she", "her"})
_FEMALE = frozenset(
    "mrs ms miss she her hers woman queen princess actress duchess mother sister daughter wife widow chairwoman "
    "spokeswoman congresswoman businesswoman lady girl aunt niece grandmother baroness countess".split()
)
_MALE = frozenset(
    "mr sir he him his man king prince actor duke father brother son husband widower chairman spokesman congressman "
    "businessman boy uncle nephew grandfather baron count lord".split()
)
_OFFICES = frozenset(
    "president minister premier chancellor governor mayor secretary ambassador speaker spokesman spokeswoman "
    "chairman chairwoman director senator general king queen pope coach judge prosecutor commissioner lawmaker "
    "spokesperson diplomat envoy".split()
)
_BODIES = frozenset(
    "ministry company group party bank university agency council commission committee union court team club "
    "association organisation organization alliance department institute federation foundation firm airline "
    "parliament senate assembly bureau office authority board league society".split()
)
SAYING = frozenset(
    "said says told tells added adds stated noted stressed warned announced declared insisted argued wrote replied "
    "explained claimed emphasised emphasized continued recalled".split()
)
_TELLING = frozenset("of for in at from who which that and or".split())
"""What tells more of a noun after it, so that nothing needs to be said of it."""
_BEHIND = frozenset("of with by for from against to about on over than like".split())
_BEHIND_BODIES = (_BEHIND - {"of"}) | {"in", "at"}
_NOT_IN_OFFICE = frozenset("former ex vice deputy then late acting assistant elect candidate nominee".split())
_OPENING_WORDS = 4
_FARTHEST = 3
"""How many sentences a pronoun may stand away from its name, each of those between pointing back as well."""


def person_meant(passage: Passage, quote: Span, pronoun: str) -> Span | None:
    """The only person of the sentence before, or of the one before that where the pronoun is carried on."""
    wrong = _FEMALE if pronoun in HE else _MALE
    for sentence in _before(passage, quote)[:_FARTHEST]:
        people = _named_in(passage, sentence, MentionKind.PERSON)
        words = tokenize(passage.words_of(sentence.span), sentence.span.start)
        carried = bool(words) and words[0].word in {*HE, *SHE} - wrong
        if len(people) == 1 and not carried and _is_plainly_meant(people[0], passage, words, wrong):
            return _fullest(passage, people[0], quote)
        if people or not carried:
            return None
    return None


def _is_plainly_meant(person: Mention, passage: Passage, words: Sequence[Token], wrong: frozenset[str]) -> bool:
    """Whether a sentence is about the person, and speaks of nobody else and of none of the other sex."""
    own = [token for token in words if _stands_in(token, person)]
    before = [token for token in words if token.end <= person.span.start]
    rivals = (token for token in words if token not in own and token not in before[-1:] and _is_somebody(token))
    others = any(token.word in wrong & {*HE, *SHE, "hers"} or _is_object(token, words) for token in words)
    title_words = {token.word for token in (*own, *before[-2:])}
    return (
        _leads(person, words)
        and not others
        and not any(rivals)
        and not title_words & wrong
        and not _is_joined(person, words)
        and (_begins(person, words) or not _has_strangers(passage, words, person))
    )


def _is_object(token: Token, words: Sequence[Token]) -> bool:
    """Whether a pronoun is somebody beside the subject: ``thanked him``, ``thanked her``, not ``her house``."""
    after = next((each for each in words if each.start >= token.end), None)
    return token.word == "him" or (token.word == "her" and (after is None or not after.content))


def _is_joined(person: Mention, words: Sequence[Token]) -> bool:
    """Whether a name stands behind a preposition or beside ``and``, so that the sentence may be about another."""
    before = [token.word for token in words if token.end <= person.span.start]
    after = [token.word for token in words if token.start >= person.span.end]
    return bool({*before[-1:]} & _BEHIND) or "and" in {*before[-1:], *after[:1]}


def _stands_in(token: Token, person: Mention) -> bool:
    spans = (person.span, person.role) if person.role else (person.span,)
    return any(span.start <= token.start < span.end for span in spans)


def _is_somebody(token: Token) -> bool:
    """Whether a noun names one person by what he is."""
    plural = token.word.endswith("s") and not token.word.endswith("ss")
    return token.content and not plural and "person" in classes_of(token.word)


def _leads(person: Mention, words: Sequence[Token]) -> bool:
    """Whether the name begins its sentence, or stands beside a word of saying."""
    start = min(person.span.start, person.role.start if person.role else person.span.start)
    before = [token for token in words if token.end <= start]
    after = [token for token in words if token.start >= person.span.end]
    beside = {token.word for token in (*before[-1:], *after[:1])}
    return len(before) <= _OPENING_WORDS or bool(beside & SAYING)


def _begins(person: Mention, words: Sequence[Token]) -> bool:
    return words[0].start == min(person.span.start, person.role.start if person.role else person.span.start)


def body_meant(passage: Passage, quote: Span) -> Span | None:
    """The only body that the sentence before names or speaks of: ``the government``."""
    before = _before(passage, quote)[:1]
    bodies = [mention.span for sentence in before for mention in _named_in(passage, sentence, MentionKind.ORGANISATION)]
    bodies += [span for sentence in before for span in _bodies_called(passage, sentence) if not _met(span, bodies)]
    return bodies[0] if len(bodies) == 1 else None


def _bodies_called(passage: Passage, sentence: Sentence) -> Iterator[Span]:
    """``the government``, ``the council``: common nouns of bodies behind their article."""
    words = tokenize(passage.words_of(sentence.span), sentence.span.start)
    for before, article, noun in zip((None, *words), words, words[1:], strict=False):
        is_body = noun.word in _BODIES or "group" in classes_of(noun.word)
        is_one = noun.content and not noun.word.endswith("s") and is_body
        if article.word == "the" and is_one and (before is None or before.word not in _BEHIND_BODIES):
            yield Span(start=article.start, end=noun.end)


def bearer_meant(passage: Passage, quote: Span, noun: str) -> Span | None:
    """The name behind ``the ministry`` or ``the president``, where all before the quote speaks of one only."""
    found = [mention for mention in _told_before(passage, quote) if _bears(passage, mention, noun)]
    if len({mention.value for mention in found}) != 1 or _is_told_otherwise(passage, quote, noun, found):
        return None
    return _fullest(passage, found[0], quote)


def firm_meant(passage: Passage, quote: Span) -> Span | None:
    """The only body that is named before the quote, where the sentence before is about it."""
    named = [each for each in _told_before(passage, quote) if each.kind is MentionKind.ORGANISATION]
    sentence = next(iter(_before(passage, quote)), None)
    if sentence is None or len({each.value for each in named}) != 1:
        return None
    words = tokenize(passage.words_of(sentence.span), sentence.span.start)
    here = [each for each in named if sentence.span.contains(each.span)]
    if not here or not _leads(here[0], words) or _has_strangers(passage, words, here[0]):
        return None
    return _fullest(passage, here[0], quote)


def _has_strangers(passage: Passage, words: Sequence[Token], known: Mention) -> bool:
    """Whether a sentence has a capitalised word inside it that is no part of a known name: perhaps another's name."""
    named = [mention.span for mention in passage.mentions if mention.kind is not MentionKind.QUOTE]
    named += [known.role] if known.role else []
    return any(
        token.content
        and passage.words_of(Span(start=token.start, end=token.start + 1)).isupper()
        and not any(span.start <= token.start < span.end for span in named)
        for token in words[1:]
    )


def _bears(passage: Passage, mention: Mention, noun: str) -> bool:
    """Whether a name holds the noun: the ``Foreign Ministry``, ``President`` Ek; nobody who only was or is to be."""
    if noun in _BODIES and mention.kind is MentionKind.ORGANISATION:
        words = [token.word for token in tokenize(passage.words_of(mention.span))]
        return len(words) > 1 and noun in words and words[words.index(noun) + 1 :][:1] in ([], ["of"])
    if noun in _OFFICES and mention.kind is MentionKind.PERSON and mention.role is not None:
        words = [token.word for token in tokenize(passage.words_of(mention.role))]
        return noun in words and not set(words) & _NOT_IN_OFFICE
    return False


def _is_told_otherwise(passage: Passage, quote: Span, noun: str, found: Sequence[Mention]) -> bool:
    """Whether the noun stands before the quote in other words as well: ``the president of Chile``."""
    words = tokenize(passage.text[: quote.start - passage.span.start], passage.span.start)
    for before, token, after in zip((None, *words), words, (*words[1:], None), strict=False):
        if token.word != noun or any(_stands_in(token, mention) for mention in found):
            continue
        if before is None or before.word != "the" or (after is not None and after.word in _TELLING):
            return True
    return False


def _before(passage: Passage, quote: Span) -> list[Sentence]:
    """The body's sentences before a quote, the nearest first."""
    found = [each for each in passage.sentences if each.part is TextPart.BODY and each.span.end <= quote.start]
    return found[::-1]


def _told_before(passage: Passage, quote: Span) -> Iterator[Mention]:
    return (mention for mention in passage.mentions if mention.span.end <= quote.start)


def _named_in(passage: Passage, sentence: Sentence, kind: MentionKind) -> list[Mention]:
    """Each name of a kind in a sentence once."""
    found: dict[str | None, Mention] = {}
    for mention in passage.mentions:
        if mention.kind is kind and sentence.span.contains(mention.span):
            found.setdefault(mention.value, mention)
    return list(found.values())


def _fullest(passage: Passage, meant: Mention, quote: Span) -> Span:
    """The longest form of a name before the quote; none that a hyphen joins to another's."""
    same = (each for each in _told_before(passage, quote) if each.kind is meant.kind and each.value == meant.value)
    names = [each.span for each in same if "-" not in passage.words_of(each.span)]
    return max(names, key=lambda span: span.end - span.start, default=meant.span)


def _met(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
