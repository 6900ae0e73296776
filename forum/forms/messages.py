"""Forms of private messages: to begin a conversation, write in one, bring people in; who may write to me; reports."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.forms.long_texts import KeptForm, long_text

_NAMES = _("Sign-in names, or names as you see them, with commas between them.")


def _to(hint: Any) -> forms.CharField:
    return forms.CharField(
        label=_("To"),
        max_length=2000,
        help_text=hint,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Say to whom you write.")},
    )


class MessageForm(KeptForm):
    """A message in a conversation."""

    body = long_text(8)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def renewed(self, initial: dict[str, Any]) -> Self:
        """Return a fresh form of this kind with other words, what was chosen beside them being kept."""
        chosen: dict[str, Any] = {name: self.data.get(name, "") for name in ("to", "desk") if name in self.fields}
        return type(self)(initial={**chosen, **initial, **chosen}, auto_id=self.auto_id)


class NewMessageForm(MessageForm):
    """The first message of a conversation: to whom, about what if one likes to say it, and the text."""

    to = _to(_NAMES)
    title = forms.CharField(label=_("Subject"), max_length=200, required=False)
    body = long_text(12)
    field_order = ("to", "title", "body")


class PeopleForm(forms.Form):
    """Whom to bring into a conversation."""

    to = _to(_NAMES)


class WritersForm(forms.ModelForm):
    """Who may begin to write to me."""

    class Meta:
        model = User
        fields = ("messages_from",)
        labels = {"messages_from": _("Who may write to me?")}
        widgets = {"messages_from": forms.RadioSelect}


class DecisionForm(forms.Form):
    """What a moderator decides about a reported message, and the answer to who reported it."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("uphold", _("Uphold the report")), ("dismiss", _("Dismiss the report"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision.")},
    )
    answer = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("Read by who reported."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Give a reason: who reported reads it.")},
    )
