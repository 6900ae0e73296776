"""What is folded for the viewer. No query: blocks came with the roles, for which the page has asked already."""

from django import template
from django.template import Context

from forum.permissions.roles import Viewer
from forum.queries.folds import Fold, fold_of
from forum.search.showing import ShownHit
from forum.text.plain import html_to_text

register = template.Library()


@register.simple_tag(takes_context=True)
def folded(context: Context, author_id: int | None, *texts: str) -> Fold | None:
    """Return why a text by this author is folded for the viewer of the page, None when it is not."""
    viewer = getattr(context.get("request"), "viewer", None)
    return fold_of(viewer, author_id, *texts) if isinstance(viewer, Viewer) else None


@register.simple_tag(takes_context=True)
def folded_hit(context: Context, hit: ShownHit) -> Fold | None:
    """Return why a post that was found is folded for the viewer, None when it is not."""
    post, viewer = hit.post, getattr(context.get("request"), "viewer", None)
    if not isinstance(viewer, Viewer) or viewer.user is None:
        return None
    # Its text is taken from the HTML only for who folds words: the source is not loaded.
    texts = (post.title, post.thread.title, html_to_text(post.html)) if viewer.user.folded_words else ()
    return fold_of(viewer, post.author_id, *texts)
