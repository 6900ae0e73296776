"""What sign-in names and display names may be made of."""

import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# Alphabets whose letters look alike; a name that mixes them only serves to look like another name.
_LOOK_ALIKE = ("LATIN ", "CYRILLIC ", "GREEK ")
# Control and format characters (also those that turn the direction of writing) and lone surrogates.
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def validate_one_alphabet(name: str) -> None:
    """Raise ValidationError for a name that mixes letters of alphabets that look alike."""
    names = {unicodedata.name(letter, "") for letter in name}
    if sum(any(one.startswith(alphabet) for one in names) for alphabet in _LOOK_ALIKE) > 1:
        raise ValidationError(_("Use letters of one alphabet, so that the name cannot be taken for another."))


def tidy_display_name(name: str) -> str:
    """Return the name with single spaces. Raises ValidationError for what cannot be seen or misleads."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if any(unicodedata.category(letter) in _UNSEEN for letter in name):
        raise ValidationError(_("The name holds characters that cannot be seen."))
    validate_one_alphabet(name)
    return name


# Letters of any script, digits and . _ - inside; the name stands in addresses (/u/<name>/).
username_validators: list[Callable[[str], None]] = [
    RegexValidator(
        r"^\w(?:[\w.\-]*\w)?\Z",
        _("Use letters, digits, and . _ - between them; begin and end with a letter or digit."),
    ),
    validate_one_alphabet,
]
