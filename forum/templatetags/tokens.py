"""The token of forms that visitors see, too."""

from django import template
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.safestring import SafeString

from accounts.tokens import has_session

register = template.Library()


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> SafeString | str:
    """Return the token of a form; none to who has no session, for the view knows their form by where it comes from.

    So the pages of visitors are all the same. Only for forms of views that are marked (`takes_visitors_forms`).
    """
    request = context.get("request")
    return CsrfTokenNode().render(context) if request is not None and has_session(request) else ""
