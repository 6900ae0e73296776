"""Finding out which stored numbers were wrong, while counting them anew."""

from typing import Any

from django.db import models, transaction

from forum.actions.counters import recount_everything
from forum.models import Board, Case, City, Digest, Petition, Poll, Post, Thread

# Every stored number, by the table that keeps it.
STORED: dict[type[models.Model], tuple[str, ...]] = {
    Post: ("recommendations_count",),
    Thread: ("posts_count", "replies_count", "former_count", "recommendations_count"),
    Board: ("threads_count", "posts_count"),
    City: ("threads_count", "posts_count", "citizens_count", "recommendations_count"),
    Digest: ("entries_count",),
    Case: ("weight",),
    Poll: ("ballots_count", "counts"),
    Petition: ("signatures_count",),
}


def _numbers(model: type[models.Model]) -> dict[int, tuple[Any, ...]]:
    rows = model._default_manager.values_list("pk", *STORED[model])
    return {row[0]: row[1:] for row in rows.iterator(chunk_size=5000)}


@transaction.atomic
def recount_and_compare() -> dict[str, int]:
    """Count every stored number anew; return how many rows were wrong by number (`thread.replies_count`)."""
    before = {model: _numbers(model) for model in STORED}
    recount_everything()
    wrong: dict[str, int] = {}
    for model, names in STORED.items():
        after = _numbers(model)
        for place, name in enumerate(names):
            rows = sum(numbers[place] != after[pk][place] for pk, numbers in before[model].items() if pk in after)
            if rows:
                wrong[f"{model._meta.model_name}.{name}"] = rows
    return wrong
