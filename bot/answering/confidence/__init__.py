"""Abstention: a calibrated probability that the answer is right, and why there is none below the threshold.

judge(context, default_threshold()).reason  # None where the question may be answered
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "Judgement": "abstention",
        "default_closest_threshold": "abstention",
        "default_threshold": "abstention",
        "judge": "abstention",
    },
)
