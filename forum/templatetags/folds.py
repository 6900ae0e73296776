"""What is folded for the viewer. No query: blocks came with the roles, for which the page has asked already."""

from django import template
from django.template import Context

from forum.models import Post
from forum.permissions.roles import Viewer
from forum.queries.folds import Fold, fold_of
from forum.text.plain import html_to_text

register = template.Library()


@register.simple_tag(takes_context=True)
def folded(context: Context, author_id: int | None, *texts: str) -> Fold | None:
    """Return why a text by this author is folded for the viewer of the page, None when it is not."""
    viewer = getattr(context.get("request"), "viewer", None)
    return fold_of(viewer, author_id, *texts) if isinstance(viewer, Viewer) else None


@register.simple_tag(takes_context=True)
def folded_text(context: Context, post: Post | None) -> Fold | None:
    """Return why words of a post are folded for the viewer where they stand outside its thread, None when not."""
    viewer = getattr(context.get("request"), "viewer", None)
    if post is None or not isinstance(viewer, Viewer) or viewer.user is None:
        return None
    # The text is taken from the HTML, and only for who folds words: there the source is not loaded.
    texts = (post.title, html_to_text(post.html)) if viewer.user.folded_words else ()
    return fold_of(viewer, post.author_id, *texts)
