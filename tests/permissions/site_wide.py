"""What belongs to the whole site in the world of the table: a notice, and categories of the directory."""

from typing import Any

from forum.actions.notices import post_notice
from forum.models import Category
from tests.world import World


class SiteWide:
    """A notice of the site; the category of Stoneferry, another one beside it, and one that is empty."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.notice = post_notice(None, by=world.ada, title="The site rests on Sunday")
        self.category = world.category
        self.other = Category.objects.filter(parent=world.category.parent).exclude(pk=world.category.pk).first()
        self.empty = Category.objects.create(slug="empty", name_zh="空", name_en="Empty", parent=world.category.parent)

    def arguments(self, address: str) -> dict[str, Any]:
        """Return what the addresses are made of, by the names the URL patterns use."""
        category = self.empty if address == "site_category_delete" else self.category
        return {"site_notice": self.notice.pk, "category": category.pk}

    def sent(self) -> dict[str, dict[str, Any]]:
        """Return the rightly filled-in forms."""
        assert self.other and self.category.parent
        words = {"title": "On planks", "body": "Three of them."}
        names = {"name_zh": "讀書", "name_en": "Books", "parent": self.category.parent.pk}
        return {
            "site_city": {"category": self.other.pk},
            "site_notices": words,
            "site_notice": words,
            "site_categories": {**names, "slug": "books"},
            "site_categories_order": {"category": self.category.pk, "step": "down"},
            "site_category": names,
            "site_category_cities": {"city": [self.world.stoneferry.pk], "into": self.other.pk},
        }
