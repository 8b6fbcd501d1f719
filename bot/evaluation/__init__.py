"""Measures answers against gold questions, and fits the weights of answering; nothing here runs in the bot.

>>> from bot.evaluation import EvaluationQuestion, as_text, evaluate_question
>>> gold = EvaluationQuestion(id="1", question="When did the unrest reach Almaty?", answers=("4 January 2022",))
>>> print(as_text([evaluate_question(dateline, gold)]))  # doctest: +SKIP
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "Certificate": "certificate",
        "EvaluationQuestion": "models",
        "EvaluationResult": "models",
        "Figure": "models",
        "PooledCertificate": "certificate",
        "Prediction": "models",
        "as_json": "report",
        "as_text": "report",
        "calibration_error": "calibration",
        "changes": "report",
        "evaluate_question": "runner",
        "pooled": "certificate",
        "summary": "report",
        "upper_bound": "certificate",
    },
)
