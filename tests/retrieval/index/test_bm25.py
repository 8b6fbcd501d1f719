from __future__ import annotations

import json
import math
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi, BM25Plus

from retrieval.errors import IndexUnusable
from retrieval.index import bm25, files
from retrieval.index.bm25 import BLOCK, Bm25Ranker, Document, ScoredDocument, Variant
from retrieval.index.ranker import Ranker

VARIANTS: tuple[Variant, ...] = get_args(Variant)
ANALYSER = "test analyser"
Words = tuple[str, ...]

words = st.sampled_from("abcdefgh")
texts = st.lists(words, max_size=7).map(tuple)
corpora = st.lists(texts, max_size=9)
queries = st.lists(st.sampled_from("abcdefgh?"), max_size=6)
variants = st.sampled_from(VARIANTS)


def passages_with(ranker: Ranker, term: str) -> int:
    return ranker.statistics([term])[term].passages if ranker.statistics([term]) else 0


def groups_with(ranker: Ranker, term: str) -> int:
    return ranker.statistics([term])[term].groups if ranker.statistics([term]) else 0


def idf_of(ranker: Ranker, term: str) -> float:
    return ranker.statistics([term])[term].idf if ranker.statistics([term]) else 0.0


def documents(corpus: Sequence[Words]) -> list[Document]:
    return [Document(key, key // 3, terms) for key, terms in enumerate(corpus)]


def ranker(corpus: Sequence[Words], variant: Variant = "plus") -> Bm25Ranker:
    made = Bm25Ranker(variant)
    made.add(documents(corpus))
    return made


def reference(corpus: Sequence[Words], variant: Variant) -> BM25Plus | BM25Okapi:
    return (BM25Okapi if variant == "okapi" else BM25Plus)(corpus)


def expected(held: Mapping[int, Words], query: Sequence[str], variant: Variant) -> dict[int, float]:
    """rank_bm25's own scores of the documents that hold a term of the query."""
    if not any(held.values()):
        return {}
    scores = reference(list(held.values()), variant).get_scores(query)
    pairs = zip(held.items(), scores.tolist(), strict=True)
    return {key: score for (key, terms), score in pairs if set(terms) & set(query)}


def assert_ranks_like_rank_bm25(made: Bm25Ranker, held: Mapping[int, Words], query: Sequence[str]) -> None:
    found = made.top(query, len(held) + 1)
    wanted = expected(held, query, made.variant)
    assert {hit.key for hit in found} == set(wanted)
    assert all(math.isclose(hit.score, wanted[hit.key], rel_tol=0, abs_tol=1e-9) for hit in found)
    assert list(found) == sorted(found, key=lambda hit: (-hit.score, hit.key))


@settings(max_examples=300, deadline=None)
@given(corpora, queries, variants)
def test_scores_are_those_of_rank_bm25(corpus: list[Words], query: list[str], variant: Variant) -> None:
    assert_ranks_like_rank_bm25(ranker(corpus, variant), dict(enumerate(corpus)), query)


@settings(max_examples=150, deadline=None)
@given(corpora, variants)
def test_idf_is_that_of_rank_bm25(corpus: list[Words], variant: Variant) -> None:
    made = ranker(corpus, variant)
    wanted = reference(corpus, variant).idf if any(corpus) else {}
    assert set(made.terms()) == set(wanted)
    assert len(made.terms()) == len(wanted)
    assert all(math.isclose(idf_of(made, term), idf, rel_tol=0, abs_tol=1e-9) for term, idf in wanted.items())


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(
    "corpus",
    [
        [("a",)],
        [("a", "a", "b")],
        [("a", "b"), ("a",)],
        [("a", "b"), ("c",)],
        [("a",), ("a",), ("a", "b")],
        [("a",), (), ("a", "b")],
        [("a", "b"), ("a", "c"), ("a", "d"), ("e",)],
    ],
)
def test_tiny_corpora_where_the_floor_of_idf_bites(corpus: list[Words], variant: Variant) -> None:
    made = ranker(corpus, variant)
    for query in ("a", "b", "ab", "aab", "zeb"):
        assert_ranks_like_rank_bm25(made, dict(enumerate(corpus)), list(query))


def test_a_match_whose_okapi_score_is_zero_or_negative_is_a_hit() -> None:
    assert ranker([("a",), ("b",)], "okapi").top(["a"], 5) == (ScoredDocument(0, 0.0),)
    (only,) = ranker([("a",)], "okapi").top(["a"], 5)
    assert only.score < 0


def test_what_holds_none_of_the_terms_is_no_hit_though_plus_gives_it_a_constant() -> None:
    made = ranker([("a",), ("b",), ("c",)])
    assert [hit.key for hit in made.top(["a", "b"], 10)] == [0, 1]
    assert made.top(["?"], 10) == ()


changes = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.dictionaries(st.integers(-3, 9), texts, max_size=4)),
        st.tuples(st.just("remove"), st.sets(st.integers(-3, 9), max_size=4)),
        st.tuples(st.just("reload"), st.none()),
    ),
    max_size=8,
)


@settings(max_examples=120, deadline=None)
@given(changes, queries, variants)
def test_after_any_changes_scores_are_those_of_a_fresh_index(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, object]], query: list[str], variant: Variant
) -> None:
    made, held = Bm25Ranker(variant), dict[int, Words]()
    for verb, what in steps:
        if verb == "reload":
            folder = tmp_path_factory.mktemp("index")
            made.save(folder, "r", ANALYSER)
            made = Bm25Ranker.load(folder, "r", variant, ANALYSER)
        elif isinstance(what, dict):
            made.add(Document(key, key % 2, terms) for key, terms in what.items())
            held.update(what)
        elif isinstance(what, set):
            made.remove(what)
            held = {key: terms for key, terms in held.items() if key not in what}
        made.top(query, 3)
    assert len(made) == len(held)
    assert_ranks_like_rank_bm25(made, held, query)
    assert_counts(made, held)


def assert_counts(made: Bm25Ranker, held: Mapping[int, Words]) -> None:
    assert sorted(made.terms()) == sorted(set().union(*held.values()))
    for term in "abcdefgh?":
        holding = [key for key, terms in held.items() if term in terms]
        assert passages_with(made, term) == len(holding)
        assert groups_with(made, term) == len({key % 2 for key in holding})


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_removed_document_is_gone_before_and_after_its_gap_is_closed(variant: Variant) -> None:
    corpus = [("a", "a"), *[("a", "b")] * 4, *[("c",)] * 7]
    made = Bm25Ranker(variant)
    made.add(Document(key, key, terms) for key, terms in enumerate(corpus))
    held = dict(enumerate(corpus))
    for gone, slots in ((0, 12), (11, 12), (10, 12), (9, 8)):
        made.remove([gone])
        del held[gone]
        assert made._now.held.keys.size == slots
        assert (passages_with(made, "a"), groups_with(made, "a")) == (4, 4)
        for query in (["a"], ["c", "a"]):
            assert_ranks_like_rank_bm25(made, held, query)
    assert idf_of(made, "c") == pytest.approx(reference(list(held.values()), variant).idf["c"], abs=1e-12)


def test_a_removed_document_is_no_hit_where_okapi_weighs_its_term_zero() -> None:
    made = ranker([("a",), *[("a", "b")] * 4, *[("c",)] * 4], "okapi")
    made.remove([0])
    assert idf_of(made, "a") == 0
    assert [hit.key for hit in made.top(["a"], 9)] == [1, 2, 3, 4]


def zipf_corpus(size: int) -> list[Words]:
    """Passages with frequent and rare words, more of them than there are in a block."""
    random = np.random.default_rng(6)
    drawn = np.minimum(random.zipf(1.3, (size, 12)), 5000)
    return [tuple(f"w{number}" for number in row) for row in drawn.tolist()]


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_best_of_many_passages_are_rank_bm25s_best(variant: Variant) -> None:
    corpus = zipf_corpus(12 * BLOCK + 5)
    made, slow = ranker(corpus, variant), reference(corpus, variant)
    for row in range(0, len(corpus), 97):
        best = sorted(slow.get_scores(corpus[row]), reverse=True)
        for k in (1, 10, 13):
            found = made.top(corpus[row], k)
            assert [hit.score for hit in found] == pytest.approx(best[:k], rel=0, abs=1e-9)
            assert found == made.top(corpus[row], len(corpus))[:k]


@settings(max_examples=100, deadline=None)
@given(corpora, queries, st.sets(st.integers(0, 4)), variants)
def test_groups_leave_scores_and_order_as_they_are(
    corpus: list[Words], query: list[str], groups: set[int], variant: Variant
) -> None:
    made = ranker(corpus, variant)
    everything = made.top(query, len(corpus) + 1)
    wanted = [hit for hit in everything if hit.key // 3 in groups]
    assert list(made.top(query, len(corpus) + 1, groups)) == wanted
    assert list(made.top(query, 2, frozenset(groups))) == wanted[:2]


def test_ties_go_to_the_lower_key_even_when_it_came_later() -> None:
    made = Bm25Ranker()
    made.add(Document(key, 0, ("same", "words")) for key in range(3 * BLOCK, 0, -1))
    assert [hit.key for hit in made.top(["same"], 2)] == [1, 2]
    made.remove([1])
    made.add([Document(0, 0, ("same", "words"))])
    assert [hit.key for hit in made.top(["same"], 3)] == [0, 2, 3]


def test_nothing_is_found_where_there_is_nothing_to_find() -> None:
    empty, made = Bm25Ranker(), ranker([("a",), ()])
    assert empty.top(["a"], 10) == ()
    assert (len(empty), idf_of(empty, "a"), passages_with(empty, "a"), groups_with(empty, "a")) == (0, 0.0, 0, 0)
    assert made.top([], 10) == ()
    assert made.top(["a"], 0) == ()
    assert made.top(["a"], 10, groups=()) == ()
    assert len(made.top(["a"], 1_000_000)) == 1
    assert ranker([(), ()]).top(["a"], 3) == ()


def test_what_holds_all_the_terms_is_told_with_its_group() -> None:
    ranker = Bm25Ranker()
    rows = ((1, 7, ("a", "b")), (2, 7, ("a",)), (3, 8, ("b", "a", "a")), (4, 9, ("b", "a")))
    ranker.add([Document(key, group, terms) for key, group, terms in rows])
    ranker.remove([4])
    assert ranker.holding(["a", "b"]) == {1: 7, 3: 8}
    assert ranker.holding(["a", "c"]) == ranker.holding([]) == {}


def test_a_document_added_under_a_held_key_takes_its_place() -> None:
    made = ranker([("a",), ("b",)])
    made.add([Document(1, 0, ("c",)), Document(1, 0, ("d",))])
    assert (len(made), passages_with(made, "b"), passages_with(made, "c"), passages_with(made, "d")) == (2, 0, 0, 1)


def test_documents_taken_in_by_batches_rank_as_if_they_came_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = zipf_corpus(50)
    at_once = ranker(corpus)
    monkeypatch.setattr(bm25, "BATCH", 7)
    assert [ranker(corpus).top(terms, 50) for terms in corpus] == [at_once.top(terms, 50) for terms in corpus]


def test_an_addition_that_fails_changes_nothing() -> None:
    def failing() -> object:
        yield Document(7, 7, ("new",))
        raise OSError("the store went away")

    made = ranker([("a",)])
    with pytest.raises(OSError, match="the store went away"):
        made.add(failing())  # type: ignore[arg-type]
    assert (len(made), passages_with(made, "new"), made.terms()) == (1, 0, ("a",))
    made.add([Document(7, 7, ("new", "newer"))])
    assert_ranks_like_rank_bm25(made, {0: ("a",), 7: ("new", "newer")}, ["new", "newer", "a"])


def test_readers_see_documents_before_or_after_a_change_never_between() -> None:
    made, stop, seen = Bm25Ranker(), threading.Event(), list[int]()

    def ask() -> None:
        while not stop.is_set():
            seen.append(len(made.top(["pair"], 1000)))
            idf_of(made, "pair")
            made.terms()

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    for key in range(0, 300, 2):
        made.add([Document(key, 0, ("pair", f"x{key}")), Document(key + 1, 0, ("pair",))])
        if key % 6 == 0:
            made.remove([key, key + 1])
    stop.set()
    for reader in readers:
        reader.join()
    assert seen
    assert all(count % 2 == 0 for count in seen)
    assert len(made.top(["pair"], 1000)) == 200


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "index"
    ranker([("a", "b"), ("b", "\ud800 odd\nterm"), ()]).save(folder, "first", ANALYSER)
    return folder


def load(folder: Path, revision: str = "first", variant: Variant = "plus", analyser: str = ANALYSER) -> Bm25Ranker:
    return Bm25Ranker.load(folder, revision, variant, analyser)


def test_a_saved_index_comes_back_mapped_and_can_be_changed(saved: Path) -> None:
    made = load(saved)
    (segment,) = made._now.held.segments
    assert not segment.slots.flags.writeable
    assert_ranks_like_rank_bm25(made, {0: ("a", "b"), 1: ("b", "\ud800 odd\nterm"), 2: ()}, ["b", "\ud800 odd\nterm"])
    made.add([Document(9, 9, ("c", "b"))])
    made.remove([0])
    assert_ranks_like_rank_bm25(made, {1: ("b", "\ud800 odd\nterm"), 2: (), 9: ("c", "b")}, ["b", "c"])


def test_saving_again_replaces_the_index_and_leaves_nothing_beside_it(saved: Path) -> None:
    reader = load(saved)
    ranker([("z",)]).save(saved, "second", ANALYSER)
    assert load(saved, "second").terms() == ("z",)
    assert passages_with(reader, "b") == 2
    assert [path.name for path in saved.parent.iterdir()] == ["index"]


def test_an_empty_index_can_be_saved_and_loaded(tmp_path: Path) -> None:
    Bm25Ranker().save(tmp_path / "index", "none", ANALYSER)
    made = load(tmp_path / "index", "none")
    made.add([Document(1, 1, ("a",))])
    assert [hit.key for hit in made.top(["a"], 1)] == [1]


def test_saving_that_fails_leaves_the_old_index(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, text: str) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(files, "_write_text", full)
    with pytest.raises(OSError, match="no space left"):
        ranker([("z",)]).save(saved, "second", ANALYSER)
    assert len(load(saved)) == 3
    assert [path.name for path in saved.parent.iterdir()] == ["index"]


@pytest.mark.parametrize(
    ("other", "named"),
    [({"revision": "second"}, "revision"), ({"variant": "okapi"}, "variant"), ({"analyser": "newer"}, "analyser")],
)
def test_an_index_made_by_another_recipe_is_refused(saved: Path, other: dict[str, str], named: str) -> None:
    with pytest.raises(IndexUnusable, match=f"made with {named} "):
        load(saved, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "value"), [("format", 0), ("k1", 1.2), ("b", 0.5), ("delta", 0.5)])
def test_an_index_of_other_parameters_is_refused(saved: Path, name: str, value: float) -> None:
    manifest = json.loads((saved / "manifest.json").read_text())
    manifest["recipe"][name] = value
    (saved / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(IndexUnusable, match=f"made with {name} "):
        load(saved)


FILES = (*(f"{name}.npy" for name in files.TYPES), "vocabulary.json", "manifest.json")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_or_truncated_or_foreign_file_is_refused(saved: Path, name: str) -> None:
    whole = (saved / name).read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:-1], b"", b"PK\x03\x04 something else", b"\xff[]"):
        (saved / name).write_bytes(damaged)
        with pytest.raises(IndexUnusable, match="rebuild it"):
            load(saved)
    (saved / name).unlink()
    with pytest.raises(IndexUnusable, match="rebuild it"):
        load(saved)


@pytest.mark.parametrize("name", files.TYPES)
@pytest.mark.filterwarnings("ignore:Reading `.npy`")
def test_an_array_with_a_broken_header_is_refused(saved: Path, name: str) -> None:
    whole = (saved / f"{name}.npy").read_bytes()
    for place in range(10, 100, 7):
        for byte in b"({'\x00":
            (saved / f"{name}.npy").write_bytes(whole[:place] + bytes([byte, byte]) + whole[place + 2 :])
            with pytest.raises(IndexUnusable, match="rebuild it"):
                load(saved)


@pytest.mark.parametrize("terms", [[], ["a", "b", "b"], ["a", "b", 3], [["a"], ["b"], ["c"]], {"a": 0}, None])
def test_a_vocabulary_of_another_index_is_refused(saved: Path, terms: object) -> None:
    (saved / "vocabulary.json").write_text(json.dumps(terms))
    with pytest.raises(IndexUnusable, match="do not have the counts"):
        load(saved)


@pytest.mark.parametrize("name", files.TYPES)
def test_an_array_of_another_index_is_refused(saved: Path, name: str) -> None:
    array = np.load(saved / f"{name}.npy")
    for wrong in (np.append(array, array[-1:]), array.astype(np.float64), array.reshape(1, -1)):
        np.save(saved / f"{name}.npy", wrong)
        with pytest.raises(IndexUnusable, match="do not have the counts"):
            load(saved)


def test_no_folder_or_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "nowhere", tmp_path / "file", tmp_path):
        with pytest.raises(IndexUnusable, match="there is no index here"):
            load(place)
