"""Query rewriting: what a follow-up takes from the conversation is written into it, and nothing else.

A question that names something of its own is never narrowed.

    rewrite(analyse("When did she resign?"), state).text  # "When did Zofia Wrona resign?"
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "DialogueState": "state",
        "rewrite": "rewriter",
        "update_state": "state",
    },
)
