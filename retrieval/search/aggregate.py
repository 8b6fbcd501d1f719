"""All there is of a sort: a passage of each article, the newest articles, passages that name some days, every name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from retrieval.index.ranker import Ranker
from retrieval.models import NameCount, Query, Record, Scope
from retrieval.storage.store import Store

_DEEP = 400
"""How many of the nearest passages are looked through for one of each article."""
_NEAR = 60
"""How many of the nearest passages say which articles are on a subject, so that a mere mention does not count."""

Groups = Collection[int] | None


class AggregatedPassages(Record):
    """Row ids of passages with their scores, in the order to be shown; how many articles or names there are in all."""

    ranking: tuple[tuple[int, float], ...] = ()
    total: int = 0
    names: tuple[NameCount, ...] = ()


def aggregate(query: Query, terms: Sequence[str], groups: Groups, store: Store, ranker: Ranker) -> AggregatedPassages:
    """What ``query.scope`` asks for among the articles of ``groups``; ``terms`` are those the corpus has."""
    if query.scope is Scope.DATED:
        return _dated(query, terms, groups, store, ranker)
    if query.scope is Scope.NAMES:
        return _names(query, groups, store)
    if not query.terms:
        return _newest_of_all(query, groups, store)
    return _articles(query, terms, groups, store, ranker)


def _articles(query: Query, terms: Sequence[str], groups: Groups, store: Store, ranker: Ranker) -> AggregatedPassages:
    meant = _meant(query, terms, groups, ranker)
    shown: Collection[int] = meant.values()
    if query.scope is Scope.NEWEST:
        shown = store.newest(set(shown), query.limit)
    nearest: dict[int, tuple[int, float]] = {}
    for key, score in ranker.top(terms, _DEEP, set(shown)):
        if key in meant:
            nearest.setdefault(meant[key], (key, score))
    order = [group for group in shown if group in nearest] if query.scope is Scope.NEWEST else list(nearest)
    return AggregatedPassages(
        ranking=tuple(nearest[group] for group in order[: query.limit]), total=len(set(meant.values()))
    )


def _meant(query: Query, terms: Sequence[str], groups: Groups, ranker: Ranker) -> Mapping[int, int]:
    """The passages that count, each with its article: those with every term; else, where that may be, the nearest."""
    missing = query.every_term and len({*terms}) < len({*query.terms})
    holding = {} if missing else {k: g for k, g in ranker.holding(terms).items() if groups is None or g in groups}
    if query.every_term:
        return holding
    if query.scope is Scope.ARTICLES:
        return _owners(terms, groups, ranker, _DEEP)
    near = _owners(terms, groups, ranker, _NEAR)
    return {key: group for key, group in near.items() if key in holding} or near


def _owners(terms: Sequence[str], groups: Groups, ranker: Ranker, count: int) -> Mapping[int, int]:
    """The nearest passages, each with its article."""
    near = [scored.key for scored in ranker.top(terms, count, groups)]
    owners = {key: group for term in set(terms) for key, group in ranker.holding([term]).items()}
    return {key: owners[key] for key in near}


def _newest_of_all(query: Query, groups: Groups, store: Store) -> AggregatedPassages:
    newest = store.newest(groups, query.limit)
    total = store.profile().articles if groups is None else len(groups)
    return AggregatedPassages(ranking=tuple((key, 1.0) for key in store.first_passages(newest)), total=total)


def _dated(query: Query, terms: Sequence[str], groups: Groups, store: Store, ranker: Ranker) -> AggregatedPassages:
    """Passages that name one of the days; where there are terms, only those that hold one, the nearest of them."""
    if query.named_days is None:
        return AggregatedPassages()
    keys = store.passages_naming(query.named_days, groups)
    if not query.terms:
        return AggregatedPassages(ranking=tuple((key, 1.0) for key in keys[: query.limit]), total=len(keys))
    scores = {scored.key: scored.score for scored in ranker.top(terms, _DEEP, groups)}
    ranking = sorted(((key, scores[key]) for key in keys if key in scores), key=lambda pair: (-pair[1], pair[0]))
    return AggregatedPassages(ranking=tuple(ranking[: query.limit]), total=len(ranking))


def _names(query: Query, groups: Groups, store: Store) -> AggregatedPassages:
    if query.named is None:
        return AggregatedPassages()
    found = store.names(query.named, query.detail, groups)
    shown = found[: query.limit]
    keys = dict.fromkeys(key for _, key in shown)
    return AggregatedPassages(
        ranking=tuple((key, 1.0) for key in keys), total=len(found), names=tuple(count for count, _ in shown)
    )
