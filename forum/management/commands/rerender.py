"""`manage.py rerender`: make the stored HTML anew after the renderer has changed."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.actions.rerendering import (
    outdated_posts,
    rerender_digests,
    rerender_messages,
    rerender_notices,
    rerender_posts,
)


class Command(BaseCommand):
    """Renders outdated posts, notices, private messages and texts of digests; can be stopped and run again."""

    help = "Renders anew what an older version of the renderer rendered; texts and revisions stay untouched."

    def handle(self, *args: Any, **options: Any) -> None:
        """Render in batches and say how far it is."""
        total, done = outdated_posts(), 0
        for number in rerender_posts():
            done += number
            self.stdout.write(f"{done} of {total} posts")
        notices = rerender_notices()
        messages = rerender_messages()
        digests = rerender_digests()
        text = f"Rendered {done} posts, {notices} notices, {messages} messages and {digests} texts of digests."
        self.stdout.write(self.style.SUCCESS(text))
