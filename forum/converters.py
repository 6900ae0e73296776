"""Path converters of the URL map."""

from django.urls import register_converter


class UnicodeSlug:
    """A slug of letters of any script, digits, hyphens and underscores."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        """Return the slug as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return the slug as it is."""
        return value


register_converter(UnicodeSlug, "uslug")
