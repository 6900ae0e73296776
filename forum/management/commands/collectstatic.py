"""`manage.py collectstatic`: Django's command, which here also puts modules together and makes them small."""

from typing import Any

import minify
from django.contrib.staticfiles.management.commands import collectstatic

from forum.assets import BundledStaticFilesStorage


def smaller(module: str) -> str:
    """Return the JavaScript module in fewer letters: without comments and spaces, its own names short."""
    text: str = minify.string("text/javascript", module)
    return text


class Command(collectstatic.Command):
    """Collect the static files."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Give the collector the storage that makes modules small; the pages' own need not know how."""
        super().__init__(*arguments, **options)
        if isinstance(self.storage, BundledStaticFilesStorage):
            self.storage = BundledStaticFilesStorage(minify=smaller)
