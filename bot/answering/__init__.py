"""Answers questions from passages: every answer has a verbatim quote and a citation, or there is none.

Pure: search, language and the clock come in as arguments, so nothing here reads a disk or a network.

    answerer = Answerer(find, analyse, profile)
    trace = answerer.answer("When did the unrest reach Almaty?")
    trace.reply  # an Answer with numbered citations, or a NoAnswer with its reason
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "Answer": "models",
        "Answerer": "pipeline",
        "NoAnswer": "models",
        "Trace": "models",
    },
)
