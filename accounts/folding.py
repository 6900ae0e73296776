"""Names and addresses compared in any case, along the indexes that hold them in small letters."""

from django.db.models import F, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact


def is_same(field: str, text: str | F) -> Exact:
    """Return the condition that a field equals a text, or another field, in any case.

    Django's `iexact` asks each database in words for which there is no index.
    """
    return Exact(Lower(field), Lower(text if isinstance(text, F) else Value(text)))
