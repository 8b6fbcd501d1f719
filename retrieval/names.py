"""The names in an article's lines: bodies and places first, then the people in what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from retrieval.findings import Entries, Found, Reading
from retrieval.models import MentionKind
from retrieval.organisations import abbreviated_terms, explained_names, find_organisations
from retrieval.people import find_people
from retrieval.places import find_places
from retrieval.words import Line


def find_names(lines: Sequence[Line], entries: Sequence[Entries]) -> list[list[Found]]:
    """The names of each line of one article; ``entries`` are the gazetteer's in each line. They may overlap."""
    common = _plain_words(lines)
    explained = {name for line, known in zip(lines, entries, strict=True) for name in explained_names(line, known)}
    others = [
        [*_listed(known), *find_organisations(line, known, explained, common), *find_places(line, known)]
        for line, known in zip(lines, entries, strict=True)
    ]
    taken = [_taken(names) for names in others]
    people = find_people(Reading(lines, entries, taken, common, _bodies(lines, others)))
    return [[*names, *persons] for names, persons in zip(others, people, strict=True)]


def _listed(entries: Entries) -> Iterator[Found]:
    """The organisations that the gazetteer has."""
    for start, (end, entry) in entries.items():
        if entry.kind is MentionKind.ORGANISATION:
            yield Found(start, end, entry.kind, entry.value, entry.detail)


def _plain_words(lines: Sequence[Line]) -> frozenset[str]:
    """The words that the article has in lower case, and its abbreviations of such."""
    lower = {word.folded for line in lines for word in line.words if not word.capital}
    return frozenset(lower.union(*(abbreviated_terms(line) for line in lines)))


def _taken(names: Iterable[Found]) -> frozenset[int]:
    """The words of names that no person's name can start in."""
    return frozenset(
        place
        for name in names
        if name.end - name.start > 1 or name.kind in {MentionKind.ORGANISATION, MentionKind.NATIONALITY}
        for place in range(name.start, name.end)
    )


def _bodies(lines: Sequence[Line], found: Sequence[Iterable[Found]]) -> frozenset[str]:
    """The first words of the organisations' names."""
    return frozenset(
        line.words[name.start].folded
        for line, names in zip(lines, found, strict=True)
        for name in names
        if name.kind is MentionKind.ORGANISATION and name.end - name.start > 1
    )
