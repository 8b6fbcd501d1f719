"""What can go wrong on the retrieval side, each with a sentence for a person.

RetrievalError
├── SourceError      a file or one record cannot be read: where (file:line) and why
├── StoreError       the article store cannot be opened, migrated or written
├── IndexUnusable    a saved index does not fit the store or this version
├── UnknownArticle   no article has this id
└── LanguageError    a named spaCy pipeline is not installed
"""

from __future__ import annotations


class RetrievalError(Exception):
    """Base of everything this package raises on purpose."""


class SourceError(RetrievalError):
    """A file or one record of it cannot become an article."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem


class StoreError(RetrievalError):
    """The article store cannot be opened, migrated or written."""


class IndexUnusable(RetrievalError):
    """A saved index does not fit the store or this version; it is rebuilt from the store."""


class UnknownArticle(RetrievalError):
    """No article has this id."""


class LanguageError(RetrievalError):
    """A named spaCy pipeline is not installed or cannot be loaded."""
