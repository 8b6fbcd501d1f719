"""Explains "he", "its members" and "the ministry" at the head of a quote from its article; ours, and shown as such."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.lexicon.noun_classes import classes_of
from bot.answering.models import Gloss
from bot.answering.response.antecedents import HE, SAYING, SHE, bearer_meant, body_meant, firm_meant, person_meant
from retrieval.models import Passage, Span, Token
from retrieval.text.tokens import tokenize

_MEMBERS = frozenset("member members minister ministers leader leaders head heads chairman chief chiefs".split())
"""Those that a body has, so that ``its members`` are a body's."""
_FIRMS = frozenset("company firm startup airline retailer carmaker automaker manufacturer chipmaker bank".split())
_ACTING = frozenset("plans expects aims employs operates owns launched bought acquired sells makes offers runs".split())
"""What only a body or a person does, so that ``it`` before it is a body."""
_TELLING = frozenset("of for in at from who which that and or".split())
"""What tells more of a noun after it, so that nothing needs to be said of it."""
_OPENING = re.compile(
    r"(?:(?:On|In|At|After|Before|Since|Earlier|Later|Then|But|And|However|Also|Meanwhile)\b[^,.;“\"]{0,40}, )?"
)
_CLITIC = re.compile(r"['’]\w+")


def glosses_in(passage: Passage, quote: Span) -> tuple[Gloss, ...]:
    """What the words at the head of ``quote`` stand for; none where no reading or more than one is left."""
    words = passage.words_of(quote)
    if words[0] in "\"“”'‘«":
        return ()
    opening = _OPENING.match(words)
    begin = opening.end() if opening else 0
    head = tokenize(words[begin:], quote.start + begin)
    meant, length = _meant(passage, quote, head) if len(head) > 1 else (None, 0)
    if meant is None or _is_named(passage, meant, head[length:]):
        return ()
    last = head[length - 1]
    clitic = _CLITIC.match(words, last.end - quote.start)
    span = Span(start=head[0].start, end=last.end + (len(clitic[0]) if clitic else 0))
    return (Gloss(span=span, text=passage.words_of(meant), source=meant, owning=_is_owning(head)),)


def _meant(passage: Passage, quote: Span, head: Sequence[Token]) -> tuple[Span | None, int]:
    """The words that the head of a quote stands for, and of how many tokens that head is."""
    first, second = head[0].word, head[1].word
    if first in HE | SHE:
        return person_meant(passage, quote, first), 1
    if first == "its" and second in _MEMBERS:
        return body_meant(passage, quote), 2
    if first == "it" and second in SAYING | _ACTING:
        return firm_meant(passage, quote), 1
    if first == "the" and _is_whole(passage, head):
        return (firm_meant(passage, quote) if second in _FIRMS else bearer_meant(passage, quote, second)), 2
    return None, 0


def _is_owning(head: Sequence[Token]) -> bool:
    """Whether a head is a possessive; ``her`` is one before a noun, and at the head of a sentence it is."""
    return head[0].word in {"his", "her", "its"}


def _is_whole(passage: Passage, head: Sequence[Token]) -> bool:
    """Whether a noun behind ``the`` is all there is of its phrase: not the ``company's`` man, ``company`` policy."""
    noun, following = head[1], head[2] if len(head) > 2 else None
    if following is None:
        return True
    gap = passage.words_of(Span(start=noun.end, end=following.start))
    return gap in {" ", ", "} and following.word not in _TELLING and not _is_a_noun(following)


def _is_a_noun(token: Token) -> bool:
    return token.word not in SAYING and bool({"person", "group", "job"} & set(classes_of(token.word)))


def _is_named(passage: Passage, meant: Span, rest: Sequence[Token]) -> bool:
    """Whether the rest of the quote names the same itself."""
    name = [token.word for token in tokenize(passage.words_of(meant)) if token.content]
    return bool(name) and name[-1] in {token.word for token in rest if token.content}
