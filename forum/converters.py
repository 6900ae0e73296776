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


class BookFormat:
    """The ending of a book's file."""

    regex = "pdf|epub"

    def to_python(self, value: str) -> str:
        """Return the ending as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return the ending as it is."""
        return value


register_converter(BookFormat, "book")
