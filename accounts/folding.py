"""Names and addresses compared in any case, along the indexes that hold them in small letters."""

from typing import Any

from django.db.models import F, Lookup, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact


def is_same(field: str, text: str | F) -> Exact:
    """Return the condition that a field equals a text, or another field, in any case."""
    return Exact(Lower(field), Lower(text if isinstance(text, F) else Value(text)))


class SameInAnyCase(Lookup):
    """The condition `iexact` of a field, also in queries of libraries: in the words that indexes are made of.

    Django asks each database in words of its own, for which there is no index.
    """

    lookup_name = "iexact"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the condition with its values."""
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"LOWER({left}) = LOWER({right})", (*left_values, *right_values)
