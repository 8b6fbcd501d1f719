"""Reads a question together with passages: for each sentence its best span, and how well that answers.

One pass of a small encoder over each passage, on one core, without a network. Spans are the article's own words.

    reader = load_reader(Path("weights"))
    reader("Who became mayor?", finding.hits)  # a PassageReading for each of the best hits
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "OptionalReader": "optional",
        "Reader": "model",
        "ReaderUnavailable": "errors",
        "load_reader": "model",
    },
)
