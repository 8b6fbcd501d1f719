"""Answer sentence selection and answer extraction: which sentences answer, and which words of them.

evidence = rank_sentences(question, question_terms(question, finding), finding)
extract_answers(question, terms, evidence)  # candidates for the short answer, best first
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "QuestionTerms": "term_matching",
        "extract_answers": "answer_extractor",
        "question_terms": "term_matching",
        "rank_sentences": "sentence_ranker",
    },
)
