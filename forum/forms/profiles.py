"""Forms of a profile: what others read of me, to whom I show which part, my picture."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.forms import free_display_name
from accounts.models import User
from accounts.pictures import square_picture

SIDE = 192  # pixels: enough for the largest place, on a fine screen
# Control characters, and those that turn the direction of the writing around them.
_TRICKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class ProfileForm(forms.ModelForm):
    """What others read of me, and who sees which part of my page."""

    class Meta:
        model = User
        fields = (
            "display_name",
            "about",
            "signature",
            "cities_shown_to",
            "posts_shown_to",
            "recommendations_shown_to",
            "digests_shown_to",
        )
        widgets: dict[str, Any] = {
            "about": forms.Textarea(attrs={"rows": 4}),
            **dict.fromkeys(fields[3:], forms.RadioSelect),
        }
        help_texts = {
            "display_name": _("Shown beside your posts. Empty means your sign-in name."),
            "signature": _("One line of plain text under each of your posts; addresses in it do not become links."),
            "cities_shown_to": _("The list on your page. The roll of a city names all its citizens."),
            "posts_shown_to": _("The list and numbers on your page, and its feed. Each post stays in its thread."),
            "recommendations_shown_to": _("Lists of what you recommended, and of what others recommended of yours."),
            "digests_shown_to": _("Digests that you made private stay so."),
        }

    WORDS = ("display_name", "about", "signature")

    def clean_display_name(self) -> str:
        """Return the name, tidied; another person's is refused."""
        return free_display_name(self.cleaned_data["display_name"], of=self.instance)

    def clean_signature(self) -> str:
        """Return the signature in one line. Raises ValidationError for characters that play tricks."""
        line = " ".join(self.cleaned_data["signature"].split())
        if _TRICKS.search(line):
            raise ValidationError(_("The signature holds characters that cannot be seen."))
        return line


class PictureForm(forms.Form):
    """A picture of a person; cleaned it is a small PNG."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG, WebP or GIF, up to 4 MB. Its middle square is used; nothing else of the file is kept."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        error_messages={"required": _("Choose a picture first.")},
    )

    def clean_picture(self) -> bytes:
        """Return the PNG as bytes. Raises ValidationError for what is no picture."""
        file: UploadedFile = self.cleaned_data["picture"]
        assert file.file is not None
        return square_picture(file.file, size=file.size or 0, side=SIDE)
