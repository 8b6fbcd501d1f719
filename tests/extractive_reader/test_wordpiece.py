"""WordPiece: the pieces and places that the reference library gives, for every text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.extractive_reader.errors import ReaderUnavailable
from bot.extractive_reader.wordpiece import REMEMBERED, Pieces, WordPiece, load_wordpiece
from tests.extractive_reader.tiny_reader import VOCABULARY, tokenizer_json

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = """the a of in to and said on was president minister kazakhstan protest ##s ##er ##ing ##ed alma ##ty nur sultan
    u s ##2 ##0 ##1 20 2 1 0 percent million euro cafe naive uber strasse 東 京 한 ##국 и ##ван новости""".split()
LETTERS = "abcdefghijklmnopqrstuvwxyzıßøœμабвгд0123456789.,:;!?'\"()[]{}-–—“”‘’$%&/+=<>@#*^_`|~"
PIECES = dict.fromkeys([*SPECIAL, *WORDS, *LETTERS, *(f"##{letter}" for letter in LETTERS)])
LARGE = {piece: number for number, piece in enumerate(PIECES)}
TEXTS = st.lists(st.sampled_from([*WORDS, *LETTERS, " "])).map("".join)
NEWS = [
    "ALMATY, Jan. 5 (Reuters) - “We won't stop,” said Nur-Sultan's mayor; oil rose 2.01% to $82.10.",
    "Café Zoë’s naïve Über-Straße: İstanbul’da 10\xa0000 kişi — Μάιος, Иванов, 東京 and 한국어.",
    "e\u0301te\u0301 \u200bzero\u200dwidth\ufeff \x00nul\ufffd\x1f tab\tline\r\nbreak\u2028 ﬁne Ⅷ ½ 👩‍👩‍👧 #Tag @user",
    "supercalifragilistic" * 6,
    "[CLS] may [SEP] not end [UNK] this [MASK]",
    "",
    " \n ",
]


def written(folder: Path, **parts: Any) -> Path:
    path = folder / "tokenizer.json"
    path.write_text(json.dumps(tokenizer_json() | parts), encoding="utf-8")
    return path


def in_words(tokeniser: WordPiece, text: str) -> list[str]:
    pieces = tokeniser.pieces(text)
    return [text[start:end] for start, end in zip(pieces.starts, pieces.ends, strict=True)]


def test_a_text_is_cut_into_the_longest_pieces_with_their_places():
    pieces = WordPiece(VOCABULARY).pieces("Anna reached  Dover.")
    assert pieces.ids.tolist() == [VOCABULARY[word] for word in ("anna", "reached", "dover", ".")]
    assert list(zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True)) == [(0, 4), (5, 12), (14, 19), (19, 20)]


def test_a_word_goes_on_with_pieces_that_continue_it():
    assert in_words(WordPiece(VOCABULARY), "mayors") == ["mayor", "s"]
    assert WordPiece(VOCABULARY).pieces("mayors").ids.tolist() == [VOCABULARY["mayor"], VOCABULARY["##s"]]


def test_a_word_with_an_unknown_piece_is_unknown_as_a_whole():
    pieces = WordPiece(VOCABULARY).pieces("the mayoral ferry")
    assert pieces.ids.tolist() == [VOCABULARY[word] for word in ("the", "[UNK]", "ferry")]
    assert in_words(WordPiece(VOCABULARY), "the mayoral ferry")[1] == "mayoral"


def test_a_word_that_is_too_long_is_unknown():
    assert WordPiece(VOCABULARY, longest=5).pieces("ferry mayors").ids.tolist() == [
        VOCABULARY["ferry"],
        VOCABULARY["[UNK]"],
    ]


def test_places_count_code_points_of_the_text_whatever_is_removed_or_split():
    assert in_words(WordPiece(VOCABULARY), "😀\u200b“DÓV\u00adER”") == ["😀", "“", "DÓV\u00adER", "”"]


def test_special_tokens_in_a_text_are_words():
    pieces = WordPiece(VOCABULARY).pieces("[SEP]")
    assert VOCABULARY["[SEP]"] not in pieces.ids.tolist() and len(pieces.ids) == 3


def test_a_cut_keeps_the_places():
    pieces = WordPiece(VOCABULARY).pieces("the ferry reached dover").cut(1, 3)
    assert (pieces.starts.tolist(), pieces.ends.tolist()) == ([4, 10], [9, 17])


def test_texts_seen_lately_are_remembered_and_older_ones_are_not():
    tokeniser = WordPiece(VOCABULARY)
    first = tokeniser.pieces("the ferry")
    assert tokeniser.pieces("the ferry") is first
    for number in range(REMEMBERED):
        tokeniser.pieces(str(number))
    assert tokeniser.pieces("the ferry") is not first


def test_a_tokeniser_is_read_from_its_file(tmp_path):
    tokeniser = load_wordpiece(written(tmp_path))
    assert (tokeniser.cls, tokeniser.sep, tokeniser.highest) == (2, 3, len(VOCABULARY) - 1)
    assert in_words(tokeniser, "The ferry.") == ["The", "ferry", "."]


NORMALIZER = {"type": "BertNormalizer", "lowercase": True, "strip_accents": None}


@pytest.mark.parametrize(
    "parts",
    [
        {"model": {"type": "BPE", "vocab": {}}},
        {"model": tokenizer_json({"the": 0})["model"]},
        {"model": {**tokenizer_json()["model"], "vocab": []}},
        {"model": {**tokenizer_json()["model"], "continuing_subword_prefix": "@@"}},
        {"model": None},
        {"normalizer": None},
        {"normalizer": {**NORMALIZER, "lowercase": False}},
        {"normalizer": {**NORMALIZER, "strip_accents": False}},
        {"normalizer": {"type": "Sequence", "normalizers": []}},
    ],
)
def test_another_kind_of_tokeniser_is_refused_in_one_sentence(tmp_path, parts):
    with pytest.raises(
        ReaderUnavailable, match=r"tokenizer\.json is not the tokenizer\.json of an uncased BERT; copy it"
    ):
        load_wordpiece(written(tmp_path, **parts))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"null"])
def test_a_damaged_file_is_refused(tmp_path, content):
    path = tmp_path / "tokenizer.json"
    path.write_bytes(content)
    with pytest.raises(ReaderUnavailable, match="uncased BERT"):
        load_wordpiece(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ReaderUnavailable, match=r"tokenizer\.json cannot be read \(No such file or directory\); put"):
        load_wordpiece(tmp_path / "tokenizer.json")


# ---------------------------------------------------------------- against the reference library


@pytest.fixture(scope="module")
def reference() -> Any:
    """The same tokeniser by the library ``tokenizers``; special tokens in a text are words there too."""
    tokenizers = pytest.importorskip("tokenizers")
    model = tokenizers.models.WordPiece(LARGE, unk_token="[UNK]", max_input_chars_per_word=100)
    made = tokenizers.Tokenizer(model)
    made.normalizer = tokenizers.normalizers.BertNormalizer()
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    made.add_special_tokens(SPECIAL)
    made.encode_special_tokens = True
    return made


@pytest.fixture(scope="module")
def ours(reference: Any, tmp_path_factory: pytest.TempPathFactory) -> WordPiece:
    path = tmp_path_factory.mktemp("reference") / "tokenizer.json"
    reference.save(str(path))
    return load_wordpiece(path)


def assert_same(ours: WordPiece, reference: Any, text: str) -> None:
    pieces: Pieces = ours.pieces(text)
    encoded = reference.encode(text, add_special_tokens=False)
    assert pieces.ids.tolist() == encoded.ids
    assert list(zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True)) == encoded.offsets


def is_old(character: str) -> bool:
    """Whether a character is of the same kind in Unicode 3.2 and now: the library's tables are older than Python's."""
    old, new = unicodedata.ucd_3_2_0.category(character), unicodedata.category(character)
    return old == new and old not in {"Cn", "Cs"}


@pytest.mark.parametrize("text", NEWS)
def test_news_is_cut_as_the_library_cuts_it(ours, reference, text):
    assert_same(ours, reference, text)


def test_every_character_is_treated_as_the_library_treats_it(ours, reference):
    characters = [character for character in map(chr, range(0x30000)) if is_old(character)]
    assert len(characters) > 80_000
    for start in range(0, len(characters), 64):
        assert_same(ours, reference, " ".join(f"us{character}er" for character in characters[start : start + 64]))


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec="utf-8").filter(is_old)) | TEXTS)
@example("\u0130\u1e9e\u03a3\u2260\u1100\u1161")
def test_any_text_is_cut_as_the_library_cuts_it(ours, reference, text):
    assert_same(ours, reference, text)
