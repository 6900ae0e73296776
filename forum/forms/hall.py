"""Forms of city hall: boards, notices, deputy mayors."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.forms.long_texts import LongTextField
from forum.forms.moments import not_too_far
from forum.models import Board, Notice


class BoardForm(forms.ModelForm):
    """A board of a city."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        required=False,
        allow_unicode=True,
        help_text=_("Letters of any script, digits and hyphens. Empty: made from the name."),
    )
    field_order: tuple[str, ...] = ("name", "slug", "description", "posting", "min_length", "max_length")

    class Meta:
        model = Board
        fields: tuple[str, ...] = ("name", "description", "posting", "min_length", "max_length")
        labels: dict[str, Any] = {
            "name": _("Name of the board"),
            "description": _("What belongs here"),
            "posting": _("Who may write"),
        }
        widgets: dict[str, Any] = {"description": forms.Textarea(attrs={"rows": 2}), "posting": forms.RadioSelect}

    def clean(self) -> dict[str, Any]:
        """Return what was typed; refuse lengths that no post can have."""
        data = super().clean() or self.cleaned_data
        shortest, longest = data.get("min_length"), data.get("max_length")
        if shortest is not None and longest is not None and shortest > longest:
            self.add_error("max_length", _("The longest post cannot be shorter than the shortest one."))
        return data


class NewBoardForm(BoardForm):
    """A new board: what one needs to begin; the rest is changed later."""

    field_order = ("name", "slug", "description")

    class Meta(BoardForm.Meta):
        fields = ("name", "description")


class NoticeForm(forms.ModelForm):
    """A notice of a city."""

    class Meta:
        model = Notice
        fields = ("title", "body", "ends_at")
        field_classes: dict[str, Any] = {"body": LongTextField}
        labels: dict[str, Any] = {"title": _("Title"), "body": _("Text"), "ends_at": _("Shown until")}
        help_texts: dict[str, Any] = {
            "body": _("Plain text, or Markdown."),
            "ends_at": _("Empty: until you end it. It stays in the list of notices."),
        }
        widgets: dict[str, Any] = {
            "body": forms.Textarea(attrs={"rows": 4, "class": "compose__text"}),
            "ends_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_at"].validators.append(not_too_far)


class DeputyForm(forms.Form):
    """Whom the mayor names deputy mayor, and why."""

    person = forms.CharField(
        label=_("Citizen"),
        max_length=60,
        help_text=_("The sign-in name or the name shown beside posts."),
        widget=forms.TextInput(attrs={"list": "citizens", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, help_text=_("Stands in the public log of the city.")
    )
