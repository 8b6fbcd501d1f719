"""The kind of a question, from its words: an ordered table of rules, the first that fits decides."""

from __future__ import annotations

import re

from bot.answering.models import QuestionKind as Kind
from retrieval.models import MentionKind, Record

_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
_SPEAK = (
    r"(?:say|said|says|stress|stressed|state|stated|claim|claimed|tell|told|emphasi[sz]ed?|express|expressed|announce|"
    r"announced|declare|declared|wish|wished|add|added|promise|promised|warn|warned|comment|commented|remark|remarked|"
    r"argue|argued|think|respond|responded|reply|replied|urge|urged|ask|asked|note|noted|write|wrote|mention|believe)"
)
_PERSON_NOUN = (
    r"president|minister|premier|king|queen|leader|official|author|writer|player|actor|actress|singer|director|"
    r"scientist|"
    r"person|man|woman|politician|general|emperor|pope|founder|inventor|coach|ceo|chief|head|governor|mayor|senator|"
    r"philosopher|artist|composer|explorer|engineer|doctor|lawyer|judge|diplomat|ambassador|secretary|speaker|"
    r"spokesman|"
    r"spokeswoman|spokesperson|chancellor|bishop|individual|figure|celebrity|athlete|executive|historian|economist|"
    r"theorist"
)
_PLACE_NOUN = (
    r"city|country|town|state|region|place|capital|continent|village|island|province|county|nation|location|river|area|"
    r"street|district|venue|airport|mountain|lake|sea|ocean|territory|republic|kingdom"
)
_ORGANISATION_NOUN = (
    r"company|organi[sz]ation|party|university|agency|firm|bank|ministry|team|band|group|network|church|institution|"
    r"school|college|club|corporation|council|union|department|newspaper|publisher|committee|court|body"
)
_TIME_NOUN = r"year|date|day|month|century|decade|period|era|time|week|season"
_NUMBER_NOUN = r"number|population|amount|total|count|score|speed|height|length|distance|size|temperature|rank|age"
_SHARE_NOUN = r"percentage|percent|proportion|share|fraction|rate"
_MONEY_NOUN = r"price|cost|fee|salary|revenue|budget|fine|value"
_PLURAL_EXCEPTIONS = frozenset(
    {"politics", "news", "species", "series", "physics", "economics", "business", "process", "class"}
)


class Reading(Record):
    """A question's kind, the kinds of mention that could answer it, best first, and the noun of ``which city``."""

    kind: Kind
    wanted: tuple[MentionKind, ...] = ()
    head: str | None = None


_FILTER = re.compile(
    r"^(?:according to|as reported by|per) [^,?]{2,60}, |(?:,| )(?:according to|as reported by) [^,?]+$"
)
_NAME = r"[^\W\d_a-z][\w'’.-]*"
KNOWN_ALREADY = re.compile(
    rf" besides (?:(?:the )?{_NAME}(?:,? (?:(?:of|the|de|and|&) )*{_NAME})*|(?<=\) besides )[^?()]+)(?=\??$)"
)
"""What a question leaves out at its end: names, ``who else spoke besides Peter Ek and Zofia Wrona?``; after words in
brackets, which follow-ups are given, anything."""
_IN_BRACKETS = re.compile(r" \([^()]*\)(?=\??$)")
_SMALL_TALK = re.compile(
    r"(?:hi|hello|hey|hallo|good (?:morning|evening|afternoon|day)|thanks?(?: you)?(?: (?:so|very) much| a lot)?|thx|"
    r"merhaba|selam|teşekkürler|sağ ?ol|привет|здравствуйте|спасибо|bye|goodbye|ok(?:ay)?|how are you)"
    r"(?: there| bot| all| everyone| dateline)?[\s!.?,]*"
)
_OUTLETS_NOUN = r"(?:outlets?|sources?|newspapers?|media|agenc(?:y|ies)|sites?|publications?|papers?|articles?)"
_REPORTED = r"(?:report|cover|mention|write|wrote|carr(?:y|ied)|publish|talk|discuss|describe)"
_ORDERED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.COUNT, re.compile(rf"how many {_OUTLETS_NOUN}\b.*\b(?:mention|report|cover|say|discuss|talk|write)")),
    (
        Kind.SOURCES,
        re.compile(
            rf"(?:(?:which|what) (?:news )?{_OUTLETS_NOUN}\b.*\b{_REPORTED}|who (?:has )?(?:reported|covered|"
            rf"published)\b"
            rf"|(?:list|show)(?: all| the)? (?:outlets|sources)\b|where (?:was|is) .* reported\b)"
        ),
    ),
    (Kind.COMPARE, re.compile(r"compare\b")),
    (
        Kind.LATEST,
        re.compile(
            r"(?:what(?:'s| is| are) (?:the )?|any |show |give me )?(?:the )?(?:latest|newest|most recent|"
            r"recent) (?:news|articles?|reports?|developments?)\b|what(?:'s| is) new\b"
        ),
    ),
    (
        Kind.WHY,
        re.compile(
            r"(?:why\b|how come\b|for what (?:reason|purpose)|what (?:was|is|were|are) the (?:main |"
            r"primary )?(?:reasons?|causes?)\b|what caused\b|what (?:led|leads) to\b)"
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


def read_kind(text: str, has_date: bool) -> Reading:
    """Reads what ``text`` asks for; ``has_date`` says whether it names a day or a period."""
    text = _IN_BRACKETS.sub("", KNOWN_ALREADY.sub("", text))
    asked = " ".join(text.casefold().replace("’", "'").split()).strip(" ¿?!.\"'")
    if _SMALL_TALK.fullmatch(asked):
        return Reading(kind=Kind.SMALL_TALK)
    asked = _FILTER.sub("", asked)
    return (
        _by_order(asked)
        or _on_date(asked, has_date)
        or _list(asked)
        or _quotation(asked)
        or _definition(asked)
        or _by_noun(asked)
        or _yes_no(asked)
        or _embedded(asked)
        or _plain(asked)
    )


def _by_order(asked: str) -> Reading | None:
    kind = next((kind for kind, pattern in _ORDERED if pattern.match(asked)), None)
    return None if kind is None else Reading(kind=kind, wanted=_WANTED.get(kind, ()), head=_head_after(asked, kind))


def _head_after(asked: str, kind: Kind) -> str | None:
    """The noun that is counted: ``how many people`` -> people."""
    if kind not in {Kind.HOW_MANY, Kind.HOW_LONG}:
        return None
    found = re.search(r"(?:how many|number of|population of) (?:different |other |total |more )?([\w-]+)", asked)
    return found[1] if found else None


def _on_date(asked: str, has_date: bool) -> Reading | None:
    happened = (
        rf"what(?: else)?(?: {_AUXILIARY})? (?:happened|happens|happen|took place|take place|occurred|"
        rf"is planned|was planned|planned|going on|the events?)\b"
    )
    planned = r"what(?:'s| is| was| are| events are| meetings are) (?:planned|scheduled|expected|next|upcoming)\b"
    rest = re.sub(happened, "", asked)
    if has_date and re.match(happened, asked) and not re.search(r"\b(?:to|at|with|when|after|before)\b", rest):
        return Reading(kind=Kind.ON_DATE)
    return Reading(kind=Kind.ON_DATE) if has_date and re.match(planned, asked) else None


def _list(asked: str) -> Reading | None:
    found = re.match(
        r"(?:(?:please )?(?:list|name)(?: all| the| all the| some)? |(?:which|what) (?:other |two |three |four |"
        r"are the |were the )?)([\w-]+)(?: ([\w-]+))?",
        asked,
    )
    if not found or re.fullmatch(_AUXILIARY, found[1]):
        return None
    for noun in (found[1], found[2] or ""):
        singular = _singular(noun)
        if singular is not None and (wanted := _wanted_of_noun(singular)):
            return Reading(kind=Kind.LIST, wanted=wanted, head=singular)
    return Reading(kind=Kind.LIST, head=found[1]) if asked.startswith(("list ", "please list ")) else None


def _singular(noun: str) -> str | None:
    """The singular of a plural noun; None where it is no plural."""
    if noun in {"people", "men", "women"}:
        return "person"
    if not noun.endswith("s") or noun.endswith("ss") or noun in _PLURAL_EXCEPTIONS:
        return None
    return noun[:-3] + "y" if noun.endswith("ies") else noun[:-1]


def _quotation(asked: str) -> Reading | None:
    if re.match(rf"what (?:else )?(?:did|does|do|has|have|had|was|were|is) .+? {_SPEAK}\b", asked) and not re.search(
        rf"\b{_SPEAK} (?:is|was|are|were)\b", asked
    ):
        return Reading(kind=Kind.QUOTATION, wanted=(MentionKind.QUOTE,))
    return None


def _definition(asked: str) -> Reading | None:
    who = re.fullmatch(r"who(?:'s| is| was| are| were) (.+)", asked)
    if (
        who
        and re.match(r"(?:the|an?|his|her|their|its|in|one)\b|.*\b(?:of|in|for|at|that|who|by|to)\b", who[1]) is None
        and len(who[1].split()) <= 4
        and not re.search(rf"\b(?:{_PERSON_NOUN}|fm|pm)$", who[1])
    ):
        return Reading(kind=Kind.DEFINITION, wanted=(MentionKind.PERSON,))
    what = re.fullmatch(r"(?:what(?:'s| is| are| was| were)|define|explain) (?:an? |the )?((?:[\w-]+ ?){1,3})", asked)
    if what and not re.search(rf"\b(?:of|in|for|to|by|{_PLACE_NOUN}|{_NUMBER_NOUN}|{_TIME_NOUN})\b", what[1]):
        return Reading(kind=Kind.DEFINITION)
    return None


_NOUNS: tuple[tuple[str, tuple[MentionKind, ...]], ...] = (
    (r"time", (MentionKind.TIME, MentionKind.DATE)),
    (_TIME_NOUN, (MentionKind.DATE, MentionKind.TIME)),
    (_PLACE_NOUN, (MentionKind.PLACE,)),
    (_ORGANISATION_NOUN, (MentionKind.ORGANISATION,)),
    (_PERSON_NOUN, (MentionKind.PERSON,)),
    (_SHARE_NOUN, (MentionKind.PERCENT, MentionKind.NUMBER)),
    (_MONEY_NOUN, (MentionKind.MONEY, MentionKind.NUMBER)),
    (_NUMBER_NOUN, (MentionKind.NUMBER, MentionKind.PERCENT, MentionKind.MONEY)),
    (r"nationality|language|ethnicity|religion", (MentionKind.NATIONALITY,)),
)


def _wanted_of_noun(noun: str) -> tuple[MentionKind, ...]:
    return next((wanted for pattern, wanted in _NOUNS if re.fullmatch(pattern, noun)), ())


def _by_noun(asked: str) -> Reading | None:
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
    for noun in reversed(words[:3]):
        if wanted := _wanted_of_noun(noun):
            place = wanted == (MentionKind.PLACE,)
            kind = (
                Kind.WHEN
                if wanted[0] in {MentionKind.DATE, MentionKind.TIME}
                else Kind.WHERE
                if place and noun in {"place", "location"}
                else Kind.WHICH
            )
            return Reading(kind=kind, wanted=wanted, head=noun)
    return Reading(kind=Kind.WHICH, head=words[-1]) if re.match(r"(?:\w+ )?which\b", asked) else None


def _yes_no(asked: str) -> Reading | None:
    return Reading(kind=Kind.YES_NO) if re.match(rf"(?:{_AUXILIARY}|didn't|isn't|wasn't|doesn't)\b", asked) else None


def _embedded(asked: str) -> Reading | None:
    """A question word that does not come first: ``The talks were held when?``, ``From whom did ...``."""
    found = re.search(r"\b(who|whom|when|where|why|how many|how much|how long|which|what)\b", asked)
    if not found:
        return Reading(kind=Kind.HOW) if re.match(r"(?:in what way|how)\b", asked) else None
    word = found[1]
    if asked.startswith("how") and not word.startswith("how"):
        return Reading(kind=Kind.HOW)
    if word in {"which", "what"} and found.start() > 0:
        return _by_noun(asked[found.start() :]) or Reading(kind=Kind.WHAT)
    kind = {"whom": Kind.WHO, "which": Kind.WHICH}.get(word) or Kind(word.replace(" ", "_"))
    return Reading(kind=kind, wanted=_WANTED.get(kind, ()))


def _plain(asked: str) -> Reading:
    return Reading(kind=Kind.HOW if asked.startswith("how ") else Kind.KEYWORDS)


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
