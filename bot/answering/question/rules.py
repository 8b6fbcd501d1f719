"""The kind of a question, from its words: an ordered table of rules, the first that fits decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.lexicon.noun_classes import classes_of
from bot.answering.lexicon.word_lists import alternatives
from bot.answering.models import QuestionKind as Kind
from bot.answering.question.expected_types import (
    asked_noun,
    counted_noun,
    singular,
    types_of_noun,
)
from bot.answering.question.head_noun import head_of
from retrieval.models import NAME_KINDS, MentionKind, Record

_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
_SPEAK = (
    r"(?:say|said|says|stress|stressed|state|stated|claim|claimed|tell|told|emphasi[sz]ed?|express|expressed|announce|"
    r"announced|declare|declared|wish|wished|add|added|promise|promised|warn|warned|comment|commented|remark|remarked|"
    r"argue|argued|think|respond|responded|reply|replied|urge|urged|ask|asked|note|noted|write|wrote|mention|believe)"
)


_ENDING = r"about|over|on|at|with|from|against|like|called|named|doing|after|into|told|said"
_SEVERAL = r"(?:two|three|four|five|six|seven|eight|nine|ten|several|different)"
_SPOKEN = (
    r"(?:said|stressed|stated|claimed|told|emphasi[sz]ed|expressed|announced|declared|wished|added|promised|warned|"
    r"commented|remarked|argued|thought|responded|replied|urged|asked|noted|written|mentioned|believed)"
)


class KindReading(Record):
    """A question's kind, the kinds of mention that could answer it, best first, and the noun of ``which city``."""

    kind: Kind
    expected_types: tuple[MentionKind, ...] = ()
    head: str | None = None


_FILTER = re.compile(
    r"^(?:according to|as reported by|per) [^,?]{2,60}, |(?:,| )(?:according to|as reported by) [^,?]+$"
)
_NAME = r"[^\W\d_a-z][\w'’.-]*"
KNOWN_ALREADY = re.compile(
    rf" besides (?:(?:the )?{_NAME}(?:,? (?:(?:of|the|de|and|&) )*{_NAME})*|(?<=\) besides )[^?()]+)(?=\??$)"
)
"""What a question excludes at its end: names, ``who else spoke besides Peter Ek and Zofia Wrona?``; anything after
the brackets that query rewriting adds."""
_LEADING_CLAUSE = re.compile(
    r"^(?:in|on|at|by|for|from|to|of|with|since|during|after|before|under|if|as|when|while|once|because|despite|among|"
    r"besides)\b(?:(?!\b(?:who|whom|whose|what|which|where|why|how)\b)[^?])*?, "
    r"(?=(?:(?:in|on|at|by|for|to|of|from|with) )?(?:who|whom|whose|what|which|when|where|why|how)\b)|"
    rf"^when (?!{_AUXILIARY}\b)(?:(?!\b(?:who|what|which|where|why|how)\b)[^?,])+ "
    r"(?=(?:who|what|which|where|why|how)\b)",
    re.IGNORECASE,
)
"""What comes before the actual question: ``When the king died, who ...``, ``In 1979, what ...``."""
_POSSESSIVE = re.compile(r"(?<!what)(?<!who)(?<!where)(?<!when)(?<!how)(?<=\w)'s?(?= )")
_ORDER_TO_NAME = re.compile(r"(?:please )?name (?:the|an?|one|any|this|that) ")
_SORT_ASKED = re.compile(r"\b(?:type|kind|sort|form|style|category|categories)s? of\b", re.IGNORECASE)
_FINER = (
    (re.compile(r"how often\b"), KindReading(kind=Kind.WHEN, expected_types=(MentionKind.SET,))),
    (
        re.compile(r"(?:to |in |of |by |from |with |at )?how many of "),
        KindReading(kind=Kind.HOW_MANY, expected_types=(MentionKind.NUMBER, MentionKind.PERCENT)),
    ),
    (
        re.compile(r"how much of "),
        KindReading(kind=Kind.HOW_MUCH, expected_types=(MentionKind.PERCENT, MentionKind.NUMBER, MentionKind.MONEY)),
    ),
    (
        re.compile(r"how (?:tall|far|high|fast|deep|heavy|wide|hot|cold|close)\b"),
        KindReading(kind=Kind.HOW_MUCH, expected_types=(MentionKind.NUMBER, MentionKind.PERCENT, MentionKind.MONEY)),
    ),
)
_TIME_UNIT = re.compile(r"(?:year|month|week|day|hour|minute|second|decade|centurie|century)s?")
_IN_BRACKETS = re.compile(r" \([^()]*\)(?=\??$)")
_SMALL_TALK = re.compile(
    r"(?:hi|hello|hey|hallo|good (?:morning|evening|afternoon|day)|thanks?(?: you)?(?: (?:so|very) much| a lot)?|thx|"
    r"merhaba|selam|teşekkürler|sağ ?ol|привет|здравствуйте|спасибо|bye|goodbye|ok(?:ay)?|how are you)"
    r"(?: there| bot| all| everyone| dateline)?[\s!.?,]*"
)
_ORDERED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.WHY,
        re.compile(
            r"(?:why\b|how come\b|for what (?:reason|purpose)|what (?:was|is|were|are) the (?:main |"
            r"primary )?(?:reasons?|causes?)\b|what caused\b|what (?:led|leads) to\b|"
            r"what (?:is|are|was|were) .+ (?:strik|protest|demonstrat|march|rall|campaign|angr)\w* "
            r"(?:over|about|against|for|at)$)"
        ),
    ),
    (Kind.HOW_OLD, re.compile(r"(?:how old\b|at what age\b|what age\b|what(?:'s| is| was) the age of\b)")),
    (
        Kind.HOW_LONG,
        re.compile(
            r"(?:(?:for )?how long\b|for how many (?:years|months|weeks|days|hours|minutes)\b|how many (?:years|"
            r"months|weeks|days|hours|minutes|decades|centuries)\b)"
        ),
    ),
    (
        Kind.HOW_MANY,
        re.compile(
            r"(?:to |in |of |by |from |with |at )?how many\b|what(?: is| was)? the (?:total )?(?:number|"
            r"population) of\b"
        ),
    ),
    (
        Kind.HOW_MUCH,
        re.compile(
            r"(?:by |for |at )?how much\b|how (?:large|big|high|tall|far|fast|deep|heavy|wide|hot|cold|often|strong|"
            r"close|small|low|few)\b"
        ),
    ),
    (Kind.WHEN, re.compile(r"(?:since |until |by )?when\b")),
    (Kind.WHERE, re.compile(r"(?:from )?where\b")),
    (Kind.WHOSE, re.compile(r"whose\b")),
)


def read_kind(text: str) -> KindReading:
    """Reads what ``text`` asks for; the first rule that fits decides."""
    text = _IN_BRACKETS.sub("", KNOWN_ALREADY.sub("", text))
    asked = " ".join(text.casefold().replace("’", "'").split()).strip(" ¿?!.\"'")
    if _SMALL_TALK.fullmatch(asked):
        return KindReading(kind=Kind.SMALL_TALK)
    asked = _as_asked(_POSSESSIVE.sub("", _LEADING_CLAUSE.sub("", _FILTER.sub("", asked))))
    reading = (
        _by_order(asked)
        or _list(asked)
        or _quotation(asked)
        or _definition(asked)
        or _by_noun(asked)
        or _yes_no(asked)
        or _embedded(asked)
        or _plain(asked)
    )
    return _with_head(reading, _LEADING_CLAUSE.sub("", text))


def _as_asked(asked: str) -> str:
    """A request to name one thing as a question: ``name the author of`` -> ``which author of``."""
    noun = head_of(asked)
    one = noun is not None and singular(noun) is None
    return _ORDER_TO_NAME.sub("which ", asked) if one and _ORDER_TO_NAME.match(asked) else asked


def _with_head(reading: KindReading, text: str) -> KindReading:
    """A ``what`` or ``which`` with its noun; a sort of thing, or several things, are no name."""
    if reading.kind not in {Kind.WHAT, Kind.WHICH}:
        return reading
    if reading.expected_types and not (reading.expected_types[0] in NAME_KINDS and _asks_no_name(text)):
        return reading
    head = asked_noun(text) or reading.head
    return KindReading(kind=reading.kind, head=head if reading.kind is Kind.WHICH else None)


def _asks_no_name(text: str) -> bool:
    """Whether a sort of thing or several things are asked for: ``what type of company``, ``what are the bodies``."""
    noun = head_of(text)
    return _SORT_ASKED.search(text) is not None or (noun is not None and singular(noun) is not None)


def _by_order(asked: str) -> KindReading | None:
    kind = next((kind for kind, pattern in _ORDERED if pattern.match(asked)), None)
    if kind is None:
        return None
    head = _head_after(asked, kind)
    if kind is Kind.HOW_MANY and head is not None and _TIME_UNIT.fullmatch(head):
        return KindReading(kind=Kind.HOW_LONG, expected_types=(MentionKind.DURATION, MentionKind.NUMBER), head=head)
    finer = next((reading for pattern, reading in _FINER if pattern.match(asked)), None)
    return finer or KindReading(kind=kind, expected_types=_WANTED.get(kind, ()), head=head)


def _head_after(asked: str, kind: Kind) -> str | None:
    """The noun that is counted: ``how many people`` -> people."""
    return counted_noun(asked) if kind in {Kind.HOW_MANY, Kind.HOW_LONG} else None


def _list(asked: str) -> KindReading | None:
    found = re.match(
        rf"(?:(?:please )?(?:list|name)(?: all| the| all the| some)? (?:{_SEVERAL} )?|(?:which|what) (?:other |"
        rf"are the |were the )?(?:{_SEVERAL} )?)([\w-]+)(?: ([\w-]+))?",
        asked,
    )
    if not found or re.fullmatch(_AUXILIARY, found[1]):
        return None
    for noun in (found[1], found[2] or ""):
        one = singular(noun)
        if one is not None and (expected_types := types_of_noun(one)) and expected_types[0] is not MentionKind.DATE:
            return KindReading(kind=Kind.LIST, expected_types=expected_types, head=one)
    return KindReading(kind=Kind.LIST, head=found[1]) if asked.startswith(("list ", "please list ")) else None


def _quotation(asked: str) -> KindReading | None:
    """``what did the minister say``, ``what has he told them``, ``what was said about``; not ``what is the state``."""
    said = (
        rf"what (?:else )?(?:(?:did|does|do) .+? {_SPEAK}|(?:has|have|had) .+? {_SPOKEN}|(?:was|is) {_SPOKEN}|"
        rf"(?:was|were) .+? told)\b"
    )
    if re.match(said, asked) and not re.search(rf"\b{_SPEAK} (?:is|was|are|were)\b", asked):
        return KindReading(kind=Kind.QUOTATION, expected_types=(MentionKind.QUOTE,))
    return None


def _definition(asked: str) -> KindReading | None:
    people = alternatives("person_nouns")
    who = re.fullmatch(r"who(?:'s| is| was| are| were) (.+)", asked)
    if (
        who
        and re.match(r"(?:the|an?|his|her|their|its|in|one)\b|.*\b(?:of|in|for|at|that|who|by|to)\b", who[1]) is None
        and len(who[1].split()) <= 4
        and not re.search(rf"\b(?:{people}|fm|pm)$", who[1])
    ):
        return KindReading(kind=Kind.DEFINITION, expected_types=(MentionKind.PERSON,))
    what = re.fullmatch(r"(?:what(?:'s| is| are| was| were)|define|explain) (?:an? |the )?((?:[\w-]+ ?){1,3})", asked)
    nouns = "|".join(map(alternatives, ("place_nouns", "number_nouns", "time_nouns")))
    if what and not re.search(rf"\b(?:of|in|for|to|by|{_ENDING}|{nouns})\b", what[1]):
        return KindReading(kind=Kind.DEFINITION)
    return None


def _by_noun(asked: str) -> KindReading | None:
    """``which city``, ``in what year``, ``what is the capital of``."""
    found = re.match(
        r"(?:(?:in|on|at|to|from|of|for|by|during|with|under|into|through|against) )?(?:which|what)(?: is| was|"
        r" were| are|'s)?(?: the| an?)? ((?:[\w-]+ ?){1,4})",
        asked,
    )
    if not found:
        return None
    phrase = re.sub(r"^(?:full |first |last )?names? of (?:the |an? )?", "", found[1].strip())
    words = re.split(rf" (?:of|in|for|to|by|on|at|that|which|{_AUXILIARY})\b", phrase)[0].split()
    if not words or re.fullmatch(_AUXILIARY, words[0]):
        return None
    head = asked_noun(asked)
    alone = head is not None and re.match(r"(?:\w+ )?(?:which|what)(?: (?:is|was|were|are)|'s) ", asked) is not None
    for noun in (head,) if alone and head is not None else reversed(_up_to(head, words)):
        if expected_types := types_of_noun(noun):
            return KindReading(kind=_kind_of_noun(noun, expected_types), expected_types=expected_types, head=noun)
    return KindReading(kind=Kind.WHICH, head=head or words[-1]) if re.match(r"(?:\w+ )?which\b", asked) else None


def _up_to(head: str | None, words: Sequence[str]) -> list[str]:
    """The words of the phrase asked for, in the singular, as far as its noun; the first three where it is not known."""
    nouns = [singular(word) or word for word in words]
    return nouns[: nouns.index(head) + 1] if head in nouns and classes_of(head) else nouns[:3]


def _kind_of_noun(noun: str, expected_types: tuple[MentionKind, ...]) -> Kind:
    if expected_types[0] in {MentionKind.DATE, MentionKind.TIME}:
        return Kind.WHEN
    return Kind.WHERE if noun in {"place", "location"} else Kind.WHICH


def _yes_no(asked: str) -> KindReading | None:
    return (
        KindReading(kind=Kind.YES_NO) if re.match(rf"(?:{_AUXILIARY}|didn't|isn't|wasn't|doesn't)\b", asked) else None
    )


def _embedded(asked: str) -> KindReading | None:
    """A question word that does not come first: ``The talks were held when?``, ``From whom did ...``."""
    found = re.search(r"\b(who|whom|when|where|why|how many|how much|how long|which|what)\b", asked)
    if not found:
        return KindReading(kind=Kind.HOW) if re.match(r"(?:in what way|how)\b", asked) else None
    word = found[1]
    if asked.startswith("how") and not word.startswith("how"):
        return KindReading(kind=Kind.HOW)
    tail = asked[found.start() :]
    if word in {"which", "what"} and found.start() > 0:
        return _by_noun(tail) or KindReading(kind=Kind.WHAT)
    kind = {"whom": Kind.WHO, "which": Kind.WHICH}.get(word) or Kind(word.replace(" ", "_"))
    return _by_order(tail) or KindReading(kind=kind, expected_types=_WANTED.get(kind, ()))


def _plain(asked: str) -> KindReading:
    return KindReading(kind=Kind.HOW if asked.startswith("how ") else Kind.KEYWORDS)


_WANTED: dict[Kind, tuple[MentionKind, ...]] = {
    Kind.WHO: (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.NATIONALITY),
    Kind.WHOSE: (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.NATIONALITY),
    Kind.WHEN: (MentionKind.DATE, MentionKind.TIME),
    Kind.WHERE: (MentionKind.PLACE, MentionKind.ORGANISATION),
    Kind.HOW_LONG: (MentionKind.DURATION,),
    Kind.HOW_OLD: (MentionKind.NUMBER, MentionKind.DURATION),
    Kind.HOW_MANY: (MentionKind.NUMBER,),
    Kind.HOW_MUCH: (MentionKind.MONEY, MentionKind.PERCENT, MentionKind.NUMBER),
}
