"""Which outlets a question names: outlets of the corpus, and known outlets that the corpus does not have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from retrieval.models import Record, Span
from retrieval.text.tokens import fold

_NAME = r"(?P<name>(?:the )?[A-Z][\w.&-]*(?: (?:of|the|and|&|[A-Z0-9][\w.&'’-]*))*)"
_SINGLE_NAME = _NAME.replace("and|", "")
_ARTICLE = r"(?:article|report|story|piece|coverage|publication|newspaper|website|news outlet|outlet|reporting)s?"
_QUOTED = r"['‘\"“](?P<name>[A-Z][^'’\"”]{1,40})['’\"”]"
# positions in a question in which every name is that of an outlet
_SURE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b[Tt]he {_QUOTED} {_ARTICLE}\b",
        rf"(?<!\w){_QUOTED} {_ARTICLE}\b",
        rf"\b{_ARTICLE} (?:from|by|in|on|published by|published in|of) (?:{_QUOTED.replace('name', 'quoted')}|{_NAME})",
        rf"\b(?:[Tt]he |[Aa]n? ){_NAME.replace('(?:the )?', '')} {_ARTICLE}\b",
    )
)
# positions in which a name may be that of an outlet or of a person
_MAYBE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b[Aa]ccording to (?:{_QUOTED.replace('name', 'quoted')}|{_NAME})",
        rf"\b(?:[Rr]eported|[Cc]overed|[Pp]ublished|[Mm]entioned|[Cc]ited|[Dd]escribed) (?:by|in|"
        rf"on) (?:both )?(?:{_QUOTED.replace('name', 'quoted')}|{_NAME})",
        rf"\b[Ff]rom {_NAME}$",
        rf"\b[Dd](?:id|oes) {_NAME} (?:report|write|publish|cover|say|tell)\b",
        rf"\b[Cc]ompare (?:what |how )?{_SINGLE_NAME}",
        rf"(?:\band|\bor|,|\b[Dd]o|\bbetween|\bwith) {_SINGLE_NAME} (?:say|report|write|cover|differ|disagree)\b",
    )
)
_NARROWING = re.compile(
    r"\b(?:according to|as reported by|reported (?:by|in|on)|per|in the|from the)\W+(?:the )?$", re.IGNORECASE
)
_DOES = re.compile(r"\b(?:does|do|did|has|have)\W+(?:the )?$", re.IGNORECASE)
_SAYS = re.compile(
    r"['\"’”]? (?:say|report|write|claim|tell|think|reported|written|said|claimed|told)\b", re.IGNORECASE
)
_REPORTS = re.compile(
    rf"['\"’”]?(?:['’]s)?,? (?:\w+ )?(?:{_ARTICLE}|report(?:s|ed)?|suggest\w*|sa(?:y|ys|id)|claim\w*|cover\w*|"
    rf"attribut\w*|portray\w*|"
    r"describ\w*|publish\w*|writes?|wrote|highlight\w*|mention\w*|discuss\w*|indicat\w*|stat\w+)\b|^['\"’”]",
    re.IGNORECASE,
)
_REPORTED_IN = re.compile(
    r"\b(?:compare|by|from|in|on|of|and|both|between|does|did|do|has|article|report|the|,)\W+(?:the )?$", re.IGNORECASE
)


class NamedOutlets(Record):
    """The outlets that a question names, where it names them, and whether only their articles may answer."""

    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    filters: tuple[Span, ...] = ()
    narrowing: bool = False


@cache
def world_outlets() -> frozenset[str]:
    """The folded names of well-known news outlets, to recognise one that the corpus does not have."""
    lines = files("bot.answering.question").joinpath("outlets.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(plain_name(line) for line in lines if line.strip() and not line.startswith("#"))


def plain_name(name: str) -> str:
    """An outlet's name for comparison: folded, without ``The``, section or slogan."""
    return re.sub(r"[^\w]+", " ", fold(brand_of(name))).strip().removeprefix("the ")


def named_outlets(text: str, outlets: Sequence[str]) -> NamedOutlets:
    """Reads the outlets that ``text`` names; ``outlets`` are those of the corpus."""
    found = _known(text, outlets)
    known = tuple(dict.fromkeys(name for name, _ in found))
    spans = tuple(span for _, span in found)
    return NamedOutlets(
        known=known,
        unknown=_unknown(text, {plain_name(name) for name in outlets}, spans),
        spans=tuple(dict.fromkeys(spans)),
        filters=_filters(text, tuple(dict.fromkeys(spans))),
        narrowing=any(_narrows(text, span) for span in spans),
    )


def _narrows(text: str, span: Span) -> bool:
    """Whether a question asks for an outlet's own words: ``according to TASS``, ``what does TASS say``."""
    before, after = text[: span.start].rstrip("'\"‘“"), text[span.end :]
    return bool(_NARROWING.search(before) or (_DOES.search(before) and _SAYS.match(after)))


def _filters(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Where outlets are named as sources; one joined to the next, as in "Tass and Reuters say", counts as that."""
    filters: list[Span] = []
    for place in reversed(range(len(spans))):
        span, behind = spans[place], spans[place + 1] if place + 1 < len(spans) else None
        joined = behind in filters and re.fullmatch(
            r"['\"’”]?(?:,| and| or|, and| with| to)? (?:the |['\"‘“])?",
            text[span.end : behind.start] if behind else "-",
            re.IGNORECASE,
        )
        if joined or _is_filter(text, span):
            filters.append(span)
    return tuple(sorted(filters, key=lambda span: span.start))


def _is_filter(text: str, span: Span) -> bool:
    """Whether an outlet is named as the source of a report, not as somebody who takes part in the event."""
    before, after = text[: span.start].rstrip("'\"‘“"), text[span.end :]
    return bool(_NARROWING.search(before) or _REPORTS.match(after) or _REPORTED_IN.search(before))


def _known(text: str, outlets: Sequence[str]) -> list[tuple[str, Span]]:
    """Longest names first, so that ``The New York Times`` is not ``The Times``."""
    found: list[tuple[str, Span]] = []
    for name, meant in _names_of(tuple(outlets)):
        taken = [span for _, span in found]
        for match in _pattern_of(name).finditer(text):
            if not any(match.start() < span.end and span.start < match.end() for span in taken):
                span = Span(start=match.start(), end=match.end())
                found += [(outlet, span) for outlet in meant]
    return sorted(found, key=lambda pair: pair[1].start)


def brand_of(outlet: str) -> str:
    """An outlet's name without its section or slogan: ``BBC News - Technology`` is BBC News."""
    return re.split(r"\s+[|–-]\s+|:\s", outlet)[0].strip()


@cache
def _names_of(outlets: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every name that means outlets of the corpus, longest first, with the outlets that it means."""
    names: dict[str, set[str]] = {}
    for outlet in outlets:
        brand = brand_of(outlet)
        for name in {outlet, brand, re.sub(r"\.(?:com|org|net|ru|co\.uk)$", "", brand, flags=re.IGNORECASE)}:
            names.setdefault(name, set()).add(outlet)
            if len(bare := re.sub(r"^[Tt]he\s+", "", name).split()) > 1 and name.lower().startswith("the "):
                names.setdefault(" ".join(bare), set()).add(outlet)
    return tuple((name, tuple(sorted(names[name]))) for name in sorted(names, key=lambda name: (-len(name), name)))


@cache
def _pattern_of(name: str) -> re.Pattern[str]:
    """Names of several words match in any case; a single word as the outlet writes it, or in capitals."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    if len(name.split()) > 1 and not name.lower().startswith("the "):
        return re.compile(rf"(?<![\w-]){words}(?![\w-])", re.IGNORECASE)
    capitals = re.escape(name.upper())
    return re.compile(rf"(?<![\w-])(?:{words}|{capitals})(?![\w-])")


def _unknown(text: str, known: set[str], spans: Sequence[Span]) -> tuple[str, ...]:
    named: dict[str, None] = {}
    for sure, patterns in ((True, _SURE), (False, _MAYBE)):
        for match in (match for pattern in patterns for match in pattern.finditer(text)):
            name = next((value for value in match.groupdict().values() if value), "").strip(" .,")
            start = text.find(name, match.start())
            if any(start < span.end and span.start < start + len(name) for span in spans) or plain_name(name) in known:
                continue
            if (sure and _looks_like_outlet(name)) or plain_name(name) in world_outlets():
                named[name] = None
    return tuple(named)


_GENERIC = frozenset({"article", "report", "news", "press", "media", "story", "newspaper", "articles"})


def _looks_like_outlet(name: str) -> bool:
    """Whether a name is that of an outlet: a well-known one, or one with a word such as Times or News."""
    plain = plain_name(name)
    return plain in world_outlets() or bool(
        re.search(
            r"\b(?:times|post|news|journal|herald|tribune|guardian|gazette|daily|weekly|magazine|chronicle|press|"
            r"review|today|tv|radio|agency)\b",
            plain,
        )
        and plain not in _GENERIC
    )
