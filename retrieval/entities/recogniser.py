"""What a text names: people, places, organisations, numbers, quotations, dates; the only importer of spaCy."""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from retrieval.entities.gazetteer import GazetteerEntry, known_names
from retrieval.entities.matches import ArticleLines, EntityMatch, Entries, Match
from retrieval.entities.organisations import abbreviated_terms, explained_names, find_organisations
from retrieval.entities.people import find_people
from retrieval.entities.places import find_places
from retrieval.entities.quantities import find_quantities
from retrieval.entities.quotations import find_quotations
from retrieval.errors import LanguageError
from retrieval.models import Analysis, Article, Mention, MentionKind, Passage, Span
from retrieval.text import tables
from retrieval.text.sentences import split_sentences
from retrieval.text.tokens import fold, tokenize
from retrieval.text.word_traits import TaggedSentence, TaggedWord, folded_phrase, tag_sentence
from retrieval.timex.finder import find_dates

if TYPE_CHECKING:
    from datetime import date

    from spacy.language import Language as Pipeline
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

_TRAINED_KINDS = {
    "PERSON": MentionKind.PERSON, "PER": MentionKind.PERSON, "GPE": MentionKind.PLACE, "LOC": MentionKind.PLACE,
    "FAC": MentionKind.PLACE, "ORG": MentionKind.ORGANISATION, "NORP": MentionKind.NATIONALITY,
}  # fmt: skip
_RANK = {kind: rank for rank, kind in enumerate(
    (MentionKind.DATE, MentionKind.TIME, MentionKind.DURATION, MentionKind.SET, MentionKind.PERSON, MentionKind.MONEY,
     MentionKind.PERCENT, MentionKind.ORGANISATION, MentionKind.PLACE, MentionKind.NATIONALITY, MentionKind.NUMBER)
)}  # fmt: skip
_SHORTEST_LOWER_CASE_NAME = 4  # letters; shorter words are mostly others: chad is a name, us is not
_OTHER_WORDS = frozenset(tables.lists("place_words.txt")["other_word"])
_SHORT_NAMES = frozenset(tables.lists("place_words.txt")["short_name"])
_PRONOUNS = frozenset(tables.lists("grammar_words.txt")["pronoun"])
_LOCK = threading.Lock()


class EntityRecogniser:
    """Finds what texts name, by rules on spaCy's tokens and phrase matcher; a trained pipeline may add its entities."""

    def __init__(self, model: str | None = None) -> None:
        """``model`` names an installed spaCy pipeline; raises LanguageError where it cannot be loaded."""
        self._trained = None if model is None else _load(model)

    def analyse(self, text: str) -> Analysis:
        """The tokens and mentions of a question or another short text, which may be all in lower case."""
        spans = [(span.start, span.end) for span in split_sentences(text)]
        mentions = [*self._mentions(text, spans, None), *_lower_case_names(text, spans)]
        return Analysis(text=text, tokens=tokenize(text), mentions=_without_overlaps(mentions))

    def annotate(self, article: Article, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """``passages`` of ``article`` with the mentions that lie inside each."""
        spans = [(sentence.span.start, sentence.span.end) for passage in passages for sentence in passage.sentences]
        published = None if article.published is None else article.published.day
        mentions = _without_overlaps(self._mentions(article.text, spans, published))
        return tuple(_with_mentions(passages, mentions))

    def _mentions(self, text: str, spans: Sequence[tuple[int, int]], published: date | None) -> list[Mention]:
        lines = [tag_sentence(text, start, end) for start, end in spans]
        found = find_names(lines, _gazetted(lines))
        names = [name.mention(line.words) for line, several in zip(lines, found, strict=True) for name in several]
        if self._trained is not None:
            names.extend(_where_none(names, _trained_mentions(self._trained, text)))
        figures = (line.words[place] for line in lines for place in line.numbers)
        return [*names, *find_quantities(text, figures), *find_quotations(text, names), *find_dates(text, published)]


def _gazetted(lines: Sequence[TaggedSentence]) -> list[Entries]:
    """The gazetteer's names in each line: the longest at each word, only where they are capitalised as names are."""
    found: list[dict[int, Match]] = [{} for _ in lines]
    firsts = [0, *accumulate(len(line.words) for line in lines)]
    for start, end in _matches([word.folded for line in lines for word in line.words]):
        number = bisect_right(firsts, start) - 1
        first = firsts[number]
        if end > firsts[number + 1]:
            continue
        words = lines[number].words[start - first : end - first]
        entry = _meanings()[folded_phrase(words)]
        is_name = not entry.upper or _is_evident(lines[number], start - first)
        if words[0].capital and words[-1].capital and is_name:
            found[number][start - first] = (end - first, entry)
    return list(found)


def _is_evident(line: TaggedSentence, place: int) -> bool:
    """Whether capitals show an acronym: not among other words in capitals, nor the "WHO" that asks."""
    word = line.words[place]
    asks = word.text == "WHO" and place == 0 and line.words[-1].text == "?"
    return word.has("upper") and not asks and not (word.folded in _PRONOUNS and _is_shouted(line.words, place))


def _is_shouted(words: Sequence[TaggedWord], place: int) -> bool:
    """Whether the words beside are in capitals too, without a comma between as in "NATO, US, UK"."""
    near = [words[i].text for i in range(max(0, place - 2), min(len(words), place + 3)) if i != place]
    spoken = [text for text in near if text.isalpha()]
    return "," not in near and len(spoken) > 1 and all(text.isupper() for text in spoken)


def _matches(words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the gazetteer's names are among folded words: in order, the longest of those that overlap."""
    if not words:
        return []
    with _LOCK:
        pipeline, matcher = _matcher()
        known = _vocabulary()
        matches = matcher(_document(pipeline, [word if word in known else "_" for word in words]))
    longest_first = sorted(((start, end) for _, start, end in matches), key=lambda match: (match[0], -match[1]))
    kept: list[tuple[int, int]] = []
    for start, end in longest_first:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


@cache
def _matcher() -> tuple[Pipeline, PhraseMatcher]:
    import spacy  # noqa: PLC0415  (seconds to load: only where text is read)
    from spacy.matcher import PhraseMatcher  # noqa: PLC0415

    pipeline = spacy.blank("en")
    matcher = PhraseMatcher(pipeline.vocab)
    matcher.add("name", [_document(pipeline, name.split(" ")) for name in _meanings()])
    return pipeline, matcher


def _document(pipeline: Pipeline, words: Sequence[str]) -> Doc:
    from spacy.tokens import Doc  # noqa: PLC0415

    return Doc(pipeline.vocab, words=list(words))


@cache
def _vocabulary() -> frozenset[str]:
    """The words of all names; other words need no place in spaCy's own vocabulary."""
    return frozenset(word for name in _meanings() for word in name.split(" "))


@cache
def _meanings() -> dict[str, GazetteerEntry]:
    """The gazetteer's sure names as phrases of folded words; "the Netherlands" is known without its article."""
    known = known_names()
    names = (name for name in known if not (name.startswith("the ") and name[4:] in known))
    return {folded_phrase(tag_sentence(name, 0, len(name)).words): known[name] for name in names}


def _lower_case_names(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    """Countries, peoples, cities and bodies written without capitals, where the word is hardly anything else."""
    for start, end in spans:
        words = tag_sentence(text, start, end).words
        for first, last in _matches([word.folded for word in words]):
            name = words[first:last]
            entry = _meanings()[folded_phrase(name)]
            if not name[0].capital and _is_hardly_else(words, first, last):
                yield EntityMatch(first, last, entry.kind, entry.value, entry.detail).mention(words)


def _is_hardly_else(words: Sequence[TaggedWord], first: int, last: int) -> bool:
    """Whether a name without capitals is no common word; "us" is a country after "the"."""
    name = words[first].folded
    if last - first > 1:
        return True
    if name == "us":
        return first > 0 and words[first - 1].folded == "the"
    long = len(name) >= _SHORTEST_LOWER_CASE_NAME or name in _SHORT_NAMES
    return long and name not in _OTHER_WORDS


def _without_overlaps(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The longest of those that overlap, in order of start; quotations hold others and are all kept."""
    quotes = [mention for mention in mentions if mention.kind is MentionKind.QUOTE]
    others = [mention for mention in mentions if mention.kind is not MentionKind.QUOTE]
    others.sort(key=_precedence)
    kept: list[Mention] = []
    used: set[int] = set()
    for mention in others:
        places = range(mention.span.start, mention.span.end)
        if used.isdisjoint(places):
            used.update(places)
            kept.append(mention)
    return tuple(sorted([*kept, *quotes], key=lambda mention: (mention.span.start, mention.span.end)))


def _precedence(mention: Mention) -> tuple[int, int, bool]:
    """The longest first; of equals the kind that says more, and the one with a role."""
    return mention.span.start - mention.span.end, _RANK[mention.kind], mention.role is None


def _with_mentions(passages: Sequence[Passage], mentions: Sequence[Mention]) -> Iterator[Passage]:
    starts = [mention.span.start for mention in mentions]
    for passage in passages:
        first = bisect_left(starts, passage.span.start)
        last = bisect_left(starts, passage.span.end)
        inside = tuple(mention for mention in mentions[first:last] if mention.span.end <= passage.span.end)
        yield passage.model_copy(update={"mentions": inside})


def _load(model: str) -> Pipeline:
    import spacy  # noqa: PLC0415

    try:
        return spacy.load(model)
    except (OSError, ValueError) as problem:
        raise LanguageError(
            f"The spaCy pipeline {model!r} is not installed; install it, or leave DATELINE_SPACY_MODEL empty."
        ) from problem


def _trained_mentions(pipeline: Pipeline, text: str) -> Iterator[Mention]:
    with _LOCK:
        entities = [(entity.label_, entity.start_char, entity.end_char) for entity in pipeline(text).ents]
    for label, start, end in entities:
        if label in _TRAINED_KINDS and text[start:end].strip():
            yield Mention(span=Span(start=start, end=end), kind=_TRAINED_KINDS[label], value=fold(text[start:end]))


def _where_none(mentions: Sequence[Mention], more: Iterable[Mention]) -> Iterator[Mention]:
    used = {place for mention in mentions for place in range(mention.span.start, mention.span.end)}
    for mention in more:
        if used.isdisjoint(range(mention.span.start, mention.span.end)):
            yield mention


def find_names(lines: Sequence[TaggedSentence], entries: Sequence[Entries]) -> list[list[EntityMatch]]:
    """The names of each line of one article; ``entries`` are the gazetteer's in each line. They may overlap."""
    common = _plain_words(lines)
    explained = {name for line, known in zip(lines, entries, strict=True) for name in explained_names(line, known)}
    others = [
        [*_listed(known), *find_organisations(line, known, explained, common), *find_places(line, known)]
        for line, known in zip(lines, entries, strict=True)
    ]
    taken = [_taken(names) for names in others]
    people = find_people(ArticleLines(lines, entries, taken, common, _bodies(lines, others)))
    return [[*names, *persons] for names, persons in zip(others, people, strict=True)]


def _listed(entries: Entries) -> Iterator[EntityMatch]:
    """The organisations that the gazetteer has."""
    for start, (end, entry) in entries.items():
        if entry.kind is MentionKind.ORGANISATION:
            yield EntityMatch(start, end, entry.kind, entry.value, entry.detail)


def _plain_words(lines: Sequence[TaggedSentence]) -> frozenset[str]:
    """The words that the article has in lower case, and its abbreviations of such."""
    lower = {word.folded for line in lines for word in line.words if not word.capital}
    return frozenset(lower.union(*(abbreviated_terms(line) for line in lines)))


def _taken(names: Iterable[EntityMatch]) -> frozenset[int]:
    """The words of names that no person's name can start in."""
    return frozenset(
        place
        for name in names
        if name.end - name.start > 1 or name.kind in {MentionKind.ORGANISATION, MentionKind.NATIONALITY}
        for place in range(name.start, name.end)
    )


def _bodies(lines: Sequence[TaggedSentence], found: Sequence[Iterable[EntityMatch]]) -> frozenset[str]:
    """The first words of the organisations' names."""
    return frozenset(
        line.words[name.start].folded
        for line, names in zip(lines, found, strict=True)
        for name in names
        if name.kind is MentionKind.ORGANISATION and name.end - name.start > 1
    )
