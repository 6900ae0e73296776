"""robots.txt: robots may read pages of texts, once each; no forms, orders, searches or other ways to them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from forum.views.requests import origin_of

# Ways of a path (RFC 9309: * is anything) on which there is nothing to find.
CLOSED = (
    # what is one's own, and what only some may do
    "/me/",
    "/accounts/",
    "/moderation/",
    "/admin/",
    "/names/",
    "/claims/",
    "/mail/",
    "/cities/new/",
    "/offline/",
    # verbs of a city and its board; its calendars, and its single acts
    *(f"/c/*/{verb}/" for verb in ("hall", "join", "leave", "apply", "withdraw", "handover", "watch", "report")),
    *(f"/c/*/{verb}/" for verb in ("recommend", "unrecommend", "recommenders", "roll", "petitions/new")),
    "/c/*/b/*/*/",
    "/c/*/elections/*/*/",
    "/c/*/elections/new/",
    "/c/*/guestbook/*/",
    "/c/*/log/*/",
    # everything below a thread, a post, a poll, and most of what is below a person: verbs, prints, versions
    "/t/*/*/",
    "/p/*/*/",
    "/polls/*/*",
    *(f"/u/*/{verb}/" for verb in ("report", "watch", "block", "claim", "recommendations")),
    "/u/*/digests/*/*/",
    # searches, and files made of pages
    "/search/",
    "/c/*/search/",
    "/feeds/search/",
    *(f"/*.{kind}$" for kind in ("csv", "json", "pdf", "epub")),
    # the same page in another order, from another list, or cut elsewhere
    *(f"/*?*{name}=" for name in ("from", "sort", "after", "before", "month", "q", "kind", "person", "next", "of")),
)
# Robots that gather texts to train models on, by the names that their makers publish: "training" in REFUSED_ROBOTS.
TRAINING = (
    "GPTBot",
    "ClaudeBot",
    "anthropic-ai",
    "CCBot",
    "Google-Extended",
    "Applebot-Extended",
    "Meta-ExternalAgent",
    "Bytespider",
    "Amazonbot",
    "cohere-ai",
    "AI2Bot",
    "Diffbot",
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what is not for them, which are not welcome at all, and where everything else is listed."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    if refused := _refused():
        lines += [*(f"User-agent: {name}" for name in refused), "Disallow: /", ""]
    lines += [f"Sitemap: {origin_of(request)}{reverse('sitemap')}", ""]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _refused() -> list[str]:
    """Return the names of the robots that the site refuses, without what could be more than a name."""
    named = [name.strip() for name in settings.REFUSED_ROBOTS]
    known = [*TRAINING] if "training" in named else []
    return known + [name for name in named if name and name != "training" and name.isprintable()]
