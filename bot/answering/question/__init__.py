"""Question analysis: a text becomes a ``Question`` with its kind, expected answer types, names, days and outlets.

A question is parsed once; everything that follows from its words alone is a field of the ``Question``.

    parse_question(analyse("Who is the mayor of Lyon?"), profile).expected_types[0]  # MentionKind.PERSON
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "apply_filters": "filters",
        "parse_question": "parser",
    },
)
