"""Forms of city life: a line in the guestbook, a crest."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.pictures import square_picture

CREST_SIDE = 256  # pixels


class GuestbookForm(forms.Form):
    """A line for the guestbook."""

    body = forms.CharField(
        label=_("Your line"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Plain text, up to 500 characters. Everybody who reads the city sees it with your name."),
        error_messages={"required": _("Write something first.")},
    )


class CrestForm(forms.Form):
    """A picture for a city; cleaned it is a small PNG."""

    crest = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG, WebP or GIF, up to 4 MB. Its middle square is used; nothing else of the file is kept."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        error_messages={"required": _("Choose a picture first.")},
    )

    def clean_crest(self) -> Any:
        """Return the PNG as bytes. Raises ValidationError for what is no picture."""
        file: UploadedFile = self.cleaned_data["crest"]
        assert file.file is not None
        return square_picture(file.file, size=file.size or 0, side=CREST_SIDE)
