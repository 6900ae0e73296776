"""Words as search sees them, in Chinese and English alike: folding, units, and the terms of the index."""

from forum.text.tokens.folding import Folded, fold, folded
from forum.text.tokens.terms import TOKENS_VERSION, needed_terms, stem, stems, terms
from forum.text.tokens.units import MARK, is_wide, trace

__all__ = [
    "MARK",
    "TOKENS_VERSION",
    "Folded",
    "fold",
    "folded",
    "is_wide",
    "needed_terms",
    "stem",
    "stems",
    "terms",
    "trace",
]
