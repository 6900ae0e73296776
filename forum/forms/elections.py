"""Forms of elections, petitions and succession."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models import Election


def _person(**settings: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Citizen"),
        max_length=60,
        help_text=_("The sign-in name or the name shown beside posts."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        **settings,
    )


def _words(label: Any, *, rows: int = 4, **settings: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": rows}), **settings)


class CallForm(forms.Form):
    """Which election is called, and how long it takes; `officers` may be recalled by the site's moderators."""

    office = forms.ChoiceField(label=_("What is elected"), widget=forms.RadioSelect)
    person = forms.ChoiceField(label=_("Whose recall"), required=False, help_text=_("For a recall only."))
    seats = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=12, initial=1, help_text=_("For deputy mayors: how many are elected.")
    )
    nominating_days = forms.IntegerField(label=_("Days to stand"), min_value=3, max_value=30, initial=7)
    voting_days = forms.IntegerField(label=_("Days to vote"), min_value=3, max_value=30, initial=7)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, help_text=_("Stands in the public log of the city.")
    )

    def __init__(self, *args: Any, officers: list[User] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices, fields = Election.Office, self.fields
        offered = [offices.MAYOR, offices.DEPUTY, *([offices.RECALL] if officers else [])]
        fields["office"].choices = [(one.value, one.label) for one in offered]  # type: ignore[attr-defined]
        fields["office"].initial = offices.MAYOR
        if officers:
            people = [("", "–"), *((str(one.pk), one.name) for one in officers)]
            fields["person"].choices = people  # type: ignore[attr-defined]
        else:
            del fields["person"]


class StandForm(forms.Form):
    """What a candidate says."""

    statement = _words(_("What you want to do for the city"), required=False)


class ProposeForm(forms.Form):
    """Whom one proposes."""

    person = _person()


class PetitionForm(forms.Form):
    """What a petition asks for, and why."""

    office = forms.ChoiceField(
        label=_("What you ask for"),
        widget=forms.RadioSelect,
        choices=[
            (Election.Office.MAYOR, _("An election of the mayor")),
            (Election.Office.DEPUTY, _("An election of deputy mayors")),
            (Election.Office.RECALL, _("A vote on the recall of an officer")),
        ],
    )
    person = forms.ChoiceField(label=_("Whose recall"), required=False, help_text=_("For a recall only."))
    words = _words(_("Why"), rows=6, error_messages={"required": _("Say why.")})

    def __init__(self, *args: Any, officers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [("", "–"), *((str(one.pk), one.name) for one in officers)]
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class OfferForm(forms.Form):
    """To whom the office of mayor is offered."""

    person = _person()


class AppointForm(forms.Form):
    """Whom the site's moderators name mayor, and why."""

    person = _person()
    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("Stands in the public log of the city."))
