"""Forms of pictures for texts: uploading one, and saying what it shows."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.pictures import whole_picture

ACCEPTED = "image/png,image/jpeg,image/webp,image/gif"


def _alt() -> forms.CharField:
    return forms.CharField(
        label=_("What the picture shows"),
        max_length=300,
        required=False,
        help_text=_("Read out to those who cannot see it."),
    )


class ImageForm(forms.Form):
    """A picture to be uploaded; cleaned it is one written anew."""

    image = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "PNG, JPEG, WebP or GIF, up to 10 MB. It is made smaller where it is very large. Where and with what it "
            "was taken is not kept, and of a moving picture only the first frame."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Choose a picture first."), "empty": _("The file is empty.")},
    )
    alt = _alt()

    def clean_image(self) -> Any:
        """Return the picture. Raises ValidationError for what is none."""
        file: UploadedFile = self.cleaned_data["image"]
        assert file.file is not None
        return whole_picture(file.file, size=file.size or 0)


class DescriptionForm(forms.Form):
    """What a picture shows."""

    alt = _alt()
