"""English words as data: synonyms and antonyms, classes of nouns, word lists in ``en/``; a language is a folder.

"minister" in word_list("person_nouns")  # True
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "classes_of": "noun_classes",
        "lexicon": "synonyms",
        "term_list": "word_lists",
        "word_list": "word_lists",
    },
)
