"""Which columns of which tables are filled by the million; all others get what the models give them."""

from typing import Any

from django.db import models
from django.db.models.fields import NOT_PROVIDED

from forum.models import Event, Post, ReadMark, Recommendation, Revision, Thread, Watch

COLUMNS: dict[type[models.Model], list[str]] = {
    Thread: (
        "id city_id board_id author_id title excerpt language created_at is_pinned is_locked is_featured is_hidden "
        "last_number posts_count replies_count views_count recommendations_count last_post_at last_author_id"
    ).split(),
    Post: (
        "id thread_id number author_id addressed_id addressed_number title body html renderer_version language "
        "created_at edited_at revision_number is_hidden recommendations_count"
    ).split(),
    Revision: "id post_id number author_id title body reason created_at salt content_hash chain_hash".split(),
    Recommendation: "id post_id user_id revision_id created_at".split(),
    Event: (
        "id kind actor_id city_id board_id thread_id post_id reason data in_log in_thread position salt content_hash "
        "chain_hash created_at"
    ).split(),
    Watch: "id user_id thread_id created_at".split(),
    ReadMark: "id user_id thread_id number".split(),
}


def columns_of(model: type[models.Model]) -> list[str]:
    """Return all columns of a table in the order in which rows are given: ours, then the others."""
    ours: list[str] = COLUMNS[model]
    return ours + [str(one.column) for one in model._meta.concrete_fields if one.column not in ours]


def rest_of(model: type[models.Model]) -> tuple[Any, ...]:
    """Return the values of the columns that are not ours, the same in each row."""
    ours = COLUMNS[model]
    return tuple(_default(one) for one in model._meta.concrete_fields if one.column not in ours)


def _default(field: "models.Field[Any, Any]") -> Any:
    if field.default is NOT_PROVIDED:
        return None if field.null else ""
    return field.get_default()
