"""The style page: each component in each state, in every theme and language; only where the site is developed."""

from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from accounts.preferences import CHOICES, look_of
from forum.forms.samples import SampleForm
from forum.permissions.verdicts import denied
from forum.queries import samples
from forum.queries.folds import Fold
from forum.views.kept import Typed
from forum.views.requests import viewer_of

# The parts of the page: templates/style/_NAME.html.
PARTS: Final = (
    "colours",
    "type",
    "seals",
    "people",
    "marks",
    "buttons",
    "states",
    "forms",
    "desk",
    "rows",
    "posts",
    "prose",
)
CHOSEN: Final = ("theme", "size", "language")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the parts, with `?theme=`, `?size=` and `?language=` for this page alone; `?part=` shows one of them."""
    if not settings.DEVELOPMENT:
        raise Http404("The style page is for those who build the site.")
    viewer_of(request)
    asked = {name: request.GET.get(name, "") for name in CHOSEN}
    chosen = {name: value for name, value in asked.items() if value in CHOICES[name][1]}
    language = chosen.pop("language", translation.get_language() or settings.LANGUAGE_CODE)
    parts = [name for name in PARTS if request.GET.get("part", name) == name]
    choices = [(name, CHOICES[name][1]) for name in CHOSEN]
    context = {"parts": parts, "choices": choices, "look": replace(look_of(request), **chosen), **_samples()}
    with translation.override(language):
        return render(request, "style/index.html", context)


def _samples() -> dict[str, Any]:
    pages = Paginator(range(900), 20)
    page = pages.page(7)
    return {
        "tokens": TOKENS, "titles": TITLES, "now": timezone.now(), "people": samples.people(),
        "cities": samples.cities(), "threads": samples.threads(), "thread": samples.threads()[0],
        "posts": samples.posts(),
        "numbered": page, "pages": pages.get_elided_page_range(7, on_each_side=1), "thread_page": samples.Page(),
        "notice": samples.notice(), "proses": [samples.prose(language) for language in ("zh-Hant", "en")],
        "empty_form": SampleForm(), "wrong_form": SampleForm({"wrong-body": ""}, prefix="wrong"), "fold": Fold("帳本"),
        "typed": [Typed("title", "河"), Typed("body", "第一行\n第二行")], "verdict": denied("……"),
    }  # fmt: skip


TOKENS: Final = (
    "paper", "sheet", "tint", "ink", "ink-second", "ink-read", "hairline", "hairline-second", "hairline-strong", "link",
    "vermilion", "vermilion-button", "vermilion-text", "selected", "added", "removed", "focus",
)  # fmt: skip
TITLES: Final = ("重讀《渡口》：一座小城怎樣記得自己", "What the river keeps, and what the ledger does 帳本")
