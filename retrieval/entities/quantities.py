"""Numbers with what they count, amounts of money, and percentages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.models import Mention, MentionKind, Span
from retrieval.text import tables
from retrieval.text.number_words import SCALES, SMALL, VAGUE, amount_of
from retrieval.text.tables import any_of
from retrieval.text.tokens import fold, stem
from retrieval.text.word_traits import TaggedWord
from retrieval.timex.vocabulary import duration_value

_SMALL = any_of(SMALL)
_BIG = any_of(SCALES)
_FIGURE = r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_VAGUE = rf"{any_of(VAGUE)}\b"
_AMOUNT = (
    rf"(?:{_FIGURE}(?:[-\s]?{_BIG}\b(?:\s(?:{_BIG})\b)?|\s?(?:bn|mn|tn|cr)\b|[mbk]\b)?"
    rf"|{_SMALL}\b(?:[-\s]{_SMALL}\b)?(?:[-\s]{_BIG}\b){{0,2}}(?:\sand\s{_SMALL}\b(?:[-\s]{_SMALL}\b)?)?"
    rf"|{_VAGUE}(?:\sof\s{_VAGUE})?(?=\sof\s)"
    rf"|(?:{_BIG}|half)\b(?:\s{_BIG}\b)?)"
)
_RANGE = r"(?:\s?[-–]\s?|\sto\s|\sand\s)"
_MONEY = tables.lists("money.txt")
_SIGNS = r"[$€£¥₹₽₺₩₴₦#]"
_SIGN_BEFORE = re.compile(
    r"(?:(?:US|A|AU|C|CA|NZ|HK|S|R|NT|MX|GB)?\s?[$€£¥₹₽₺₩₴₦]|GB\s?#|\b(?:USD|EUR|GBP|CHF|Rs\.?))\s?$"
)
_CURRENCY = (
    r"(?:(?:US|U\.S\.|(?-i:[A-Z][a-z]+))\s)?"
    rf"(?P<currency>pounds?\ssterling|{any_of(_MONEY['name'])}|(?-i:{any_of(_MONEY['code'])}))\b"
)
_MEASURE = rf"(?P<measure>{any_of(tables.words('measures.txt'))})(?!\w)".replace("\\ ", r"\s")
_NUMBER = re.compile(
    rf"(?P<amount>{_AMOUNT})(?:{_RANGE}(?P<sign>{_SIGNS})?(?P<upper>{_AMOUNT}))?"
    rf"(?:(?P<percent>\s?%|[-\s](?:percent|per\scent|pc|percentage\spoints?|basis\spoints?)\b)"
    rf"|[-\s]{_CURRENCY}|[-\s]?{_MEASURE}|(?P<coin>[¢€₽]))?",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"[-\s](?:or\s(?:more|fewer|less|so)\s)?(?:of\s)?(?:(?:the|its|their|his|her)\s)?"
    r"(?:[A-Z][a-z]+(?:an|ish|ese|ch|man|eli|ani|ari|aqi|ic)\s)?(?P<words>[a-z][a-z'’-]*(?:\s[a-z][a-z'’-]*){0,2})"
)
_SINGULARS = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "feet": "foot", "teeth": "tooth",
    "lives": "life", "wives": "wife", "police": "police", "cattle": "cattle",
}  # fmt: skip
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_NAMED_BEFORE = re.compile(r"(?:^|\s)(?:[A-Z][\w’'&-]*|(?i:no\.?|number|page|chapter|version|article|type))\s$")
_SENTENCE_START = re.compile(r"(?:[.!?:]\s[\"“]?[A-Z]\w*\s|^[A-Z]\w*\s)$")
_CURRENCIES = tables.values("money.txt", "value")
_TIME_SPAN = re.compile(r"[-\s](?P<unit>year|month|week|day|hour|minute|second)s?\b(?!-)", re.IGNORECASE)
_AGED = re.compile(r"\b(?:[Aa]ged|[Aa]t\sthe\sage\sof)\s$")


def find_quantities(text: str, words: Iterable[TaggedWord]) -> tuple[Mention, ...]:
    """The money, percentages and counted numbers of ``text`` whose figures start at ``words``."""
    found: list[Mention] = []
    done = 0
    for word in words:
        if word.start < done:
            continue
        mention = _quantity(text, word)
        if mention is not None:
            found.append(mention)
            done = mention.span.end
    return tuple(found)


def _quantity(text: str, word: TaggedWord) -> Mention | None:
    match = _NUMBER.match(text, word.start)
    if match is None or not _stands_alone(text, match):
        return None
    return _money(text, match) or _percent(match) or _lasting(text, match) or _counted(text, match)


def _lasting(text: str, match: re.Match[str]) -> Mention | None:
    """A range of time, "five to ten years", with both ends as TIMEX3 durations parted by a slash."""
    unit = _TIME_SPAN.match(text, match.end())
    if not match["upper"] or unit is None or "and" in match[0].lower() or match["measure"]:
        return None
    first, last = (amount_of(match[end].lower()) for end in ("amount", "upper"))
    if first is None or last is None or _YEAR.match(match["amount"]):
        return None
    value = "/".join(duration_value(end, unit["unit"].lower()) for end in (first, last))
    return _mention((match.start(), unit.end()), MentionKind.DURATION, value)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether the figure is not part of a code, a time or a score ("A380", "16:30", "2/3")."""
    before = text[max(0, match.start() - 2) : match.start()]
    after = text[match.end() : match.end() + 2]
    if before[-1:].isalnum() or before[-1:] in {"/", ":", "."} or (before[-1:] == "," and before[:1].isdigit()):
        return False
    return not (after[:1].isalnum() or (after[:1] in {":", "/", "."} and after[1:].isdigit()))


def _money(text: str, match: re.Match[str]) -> Mention | None:
    before = text[max(0, match.start() - 6) : match.start()]
    sign = _SIGN_BEFORE.search(before)
    if sign is not None:
        name = re.sub(r"[A-Z\s](?=[$€£¥₹₽₺₩₴₦#])|\s", "", sign[0])[-4:].lower()
        currency = _CURRENCIES.get(name) or _CURRENCIES.get(name[-1:], "dollar")
        start, end = (
            match.start() - len(sign[0].lstrip()),
            match.end("upper") if match["upper"] else match.end("amount"),
        )
    elif match["currency"] or match["coin"]:
        name = (match["currency"] or match["coin"]).lower()
        currency = _CURRENCIES.get(name) or stem(fold(name.split()[0]))
        start, end = match.span()
    else:
        return None
    return _mention((start, end), MentionKind.MONEY, f"{_figure(match)} {currency}")


def _percent(match: re.Match[str]) -> Mention | None:
    if not match["percent"]:
        return None
    unit = "basis point" if "basis" in match["percent"].lower() else "percent"
    return _mention(match.span(), MentionKind.PERCENT, f"{_figure(match)} {unit}")


def _figure(match: re.Match[str]) -> str:
    """The amount as digits; of a range "20 to 25" both, parted by a dash."""
    first = amount_of(match["amount"].lower())
    last = amount_of(match["upper"].lower()) if match["upper"] else None
    first = first or match["amount"]
    return first if last is None else f"{first}-{last}"


def _counted(text: str, match: re.Match[str]) -> Mention | None:
    if match["measure"]:
        unit = singular(match["measure"].lower())
        return _mention(match.span(), MentionKind.NUMBER, f"{_figure(match)} {unit}")
    words = match["amount"].lower()
    end = match.end("upper") if match["upper"] and "and" not in match[0] else match.end("amount")
    unit_found = _unit(text, end)
    if words in tables.words("uncounted.txt") and unit_found not in tables.words("counted_once.txt"):
        return None
    is_bare = _YEAR.match(words) or words.isalpha() or _is_a_name(text, match.start())
    is_age = _AGED.search(text[max(0, match.start() - 16) : match.start()]) is not None
    if unit_found is None and is_bare and not is_age:
        return None
    figure = (_figure(match) if end != match.end("amount") else amount_of(words)) or words
    value = f"{figure} {unit_found}" if unit_found else figure
    return _mention((match.start(), end), MentionKind.NUMBER, value, "age" if is_age else None)


def _unit(text: str, end: int) -> str | None:
    """The noun that is counted: the first plural among up to three words, or the one that a hyphen joins."""
    following = _FOLLOWING.match(text, end)
    if following is None:
        return None
    nouns: list[str] = []
    for word in following["words"].split():
        if word in tables.words("no_units.txt"):
            break
        nouns.append(word.strip("'’-"))
    joined = following[0][0] == "-" or text[max(0, end - 3) : end].lower() == "one"
    plural = next((word for word in nouns if _is_plural(word) or word in _SINGULARS), None)
    noun = plural or (nouns[0] if joined and nouns else None)
    return singular(noun) if noun else None


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def singular(word: str) -> str:
    """A noun's form for one: by the table of irregular plurals, or without its ending."""
    if word in _SINGULARS:
        return _SINGULARS[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if _is_plural(word) else word


def _is_a_name(text: str, start: int) -> bool:
    """Whether the number belongs to a name: "Series 9", "No. 5"."""
    before = text[max(0, start - 30) : start]
    return _NAMED_BEFORE.search(before) is not None and _SENTENCE_START.search(before) is None


def _mention(span: tuple[int, int], kind: MentionKind, value: str, detail: str | None = None) -> Mention:
    return Mention(span=Span(start=span[0], end=span[1]), kind=kind, value=value, detail=detail)
