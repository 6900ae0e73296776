"""Words as search sees them, in Chinese and English alike: folding, units, and the terms of the index."""

from forum.text.tokens.folding import Folded, fold, folded
from forum.text.tokens.terms import TOKENS_VERSION, Analysis, analysed, needed_terms, stem, terms
from forum.text.tokens.units import MARK, is_wide, trace

__all__ = [
    "MARK",
    "TOKENS_VERSION",
    "Analysis",
    "Folded",
    "analysed",
    "fold",
    "folded",
    "is_wide",
    "needed_terms",
    "stem",
    "terms",
    "trace",
]
