"""A saved index comes back as it was, or is refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.errors import IndexUnusable
from retrieval.index.files import IndexRecipe, read_index, write_index
from retrieval.index.postings import Document, InvertedIndex

RECIPE = IndexRecipe(variant="plus", analyser="1", revision="first", k1=1.5, b=0.75, delta=1.0, epsilon=0.25)
INDEX = InvertedIndex.empty().plus([Document(1, 10, ("ferri", "sink")), Document(2, 20, ("storm",))])


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_index(tmp_path / "index", INDEX, RECIPE)
    read = read_index(tmp_path / "index", RECIPE)
    assert (read.keys.tolist(), read.groups.tolist(), read.terms()) == ([1, 2], [10, 20], INDEX.terms())


def test_a_second_write_takes_the_place_of_the_first(tmp_path: Path) -> None:
    write_index(tmp_path / "index", INDEX, RECIPE)
    write_index(tmp_path / "index", INDEX.minus([1]).compacted(), RECIPE)
    assert read_index(tmp_path / "index", RECIPE).keys.tolist() == [2]


@pytest.mark.parametrize(
    "wanted",
    [
        RECIPE.model_copy(update={"revision": "second"}),
        RECIPE.model_copy(update={"analyser": "2"}),
        RECIPE.model_copy(update={"variant": "okapi"}),
    ],
)
def test_an_index_of_another_recipe_is_refused(tmp_path: Path, wanted: IndexRecipe) -> None:
    write_index(tmp_path / "index", INDEX, RECIPE)
    with pytest.raises(IndexUnusable):
        read_index(tmp_path / "index", wanted)


def test_no_index_and_a_damaged_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable):
        read_index(tmp_path / "index", RECIPE)
    write_index(tmp_path / "index", INDEX, RECIPE)
    for array in (tmp_path / "index").rglob("*.npy"):
        array.write_bytes(b"torn")
    with pytest.raises(IndexUnusable):
        read_index(tmp_path / "index", RECIPE)
