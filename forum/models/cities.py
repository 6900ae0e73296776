"""Category and City: the directory and the communities in it."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A place in the directory, two levels deep; a city stands in a lower one."""

    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("upper category"), null=True, blank=True, related_name="children"
    )
    slug = models.SlugField(_("address"), max_length=40, unique=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_zh if (get_language() or "").startswith("zh") else self.name_en


class CityQuerySet(models.QuerySet["City"]):
    """Scopes of cities."""

    def open(self) -> "CityQuerySet":
        """Cities in which people can write."""
        return self.filter(state=City.State.OPEN)

    def public(self) -> "CityQuerySet":
        """Cities that everybody may read."""
        return self.filter(visibility=City.Visibility.PUBLIC)


class City(models.Model):
    """A community with one mayor, its boards and its citizens. Its number is its id."""

    class Joining(models.TextChoices):
        OPEN = "open", _("Everybody may join")
        APPLICATION = "application", _("By application")

    class Posting(models.TextChoices):
        CITIZENS = "citizens", _("Citizens only")
        MEMBERS = "members", _("Every member of the site")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Everybody may read")
        CITIZENS = "citizens", _("Only citizens may read")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ARCHIVED = "archived", _("Archived, read only")

    class Ink(models.TextChoices):
        VERMILION = "vermilion", _("Vermilion")
        INDIGO = "indigo", _("Indigo")
        PINE = "pine", _("Pine green")
        PLUM = "plum", _("Plum")
        OCHRE = "ochre", _("Ochre")

    slug = models.SlugField(_("address"), max_length=60, allow_unicode=True)
    name = models.CharField(_("name"), max_length=60)
    seal = models.CharField(_("seal"), max_length=4, blank=True)
    ink = models.CharField(_("seal ink"), max_length=12, choices=Ink, default=Ink.VERMILION)
    category = models.ForeignKey(Category, models.PROTECT, related_name="cities", verbose_name=_("category"))
    description = models.CharField(_("description"), max_length=300, blank=True)
    joining = models.CharField(_("joining"), max_length=12, choices=Joining, default=Joining.OPEN)
    posting = models.CharField(_("posting"), max_length=12, choices=Posting, default=Posting.CITIZENS)
    visibility = models.CharField(_("visibility"), max_length=12, choices=Visibility, default=Visibility.PUBLIC)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    last_activity_at = models.DateTimeField(default=timezone.now)
    # A mark of its own in place of the seal; made of an upload, so always a small PNG.
    crest = models.FileField(_("crest"), upload_to="crests/", blank=True)
    term_ends_at = models.DateTimeField(null=True, blank=True)
    citizens_count = models.PositiveIntegerField(_("citizens"), default=0)
    recommendations_count = models.PositiveIntegerField(default=0)
    # How many different people wrote in the last 30 days: see the order of the directory.
    writers_count = models.PositiveIntegerField(default=0)
    threads_count = models.PositiveIntegerField(_("threads"), default=0)
    posts_count = models.PositiveIntegerField(_("posts"), default=0)

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        constraints = (models.UniqueConstraint(Lower("slug"), name="city_address_unique"),)
        indexes = (
            models.Index(fields=["-last_activity_at", "-id"], name="cities_by_activity"),
            models.Index(fields=["-created_at", "-id"], name="cities_by_age"),
            # Each order of the directory; archived cities come last in all of them.
            models.Index(
                fields=["-state", "-writers_count", "-last_activity_at", "-id"], name="open_cities_by_writers"
            ),
            models.Index(fields=["-state", "-last_activity_at", "-id"], name="open_cities_by_activity"),
            models.Index(
                fields=["-state", "-recommendations_count", "-last_activity_at", "-id"],
                name="open_cities_by_recommended",
            ),
            models.Index(
                fields=["-state", "-citizens_count", "-last_activity_at", "-id"], name="open_cities_by_citizens"
            ),
            models.Index(fields=["-state", "-created_at", "-last_activity_at", "-id"], name="open_cities_by_age"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> int:
        """The city's number, by which it is known for good."""
        return int(self.pk)

    @property
    def is_archived(self) -> bool:
        """Whether the city is read only."""
        return self.state == self.State.ARCHIVED
