"""What a sign-in name may be made of."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# Letters of any script, digits and . _ - inside; the name stands in addresses (/u/<name>/).
username_validators = [
    RegexValidator(
        r"^\w(?:[\w.\-]*\w)?\Z",
        _("Use letters, digits, and . _ - between them; begin and end with a letter or digit."),
    )
]
