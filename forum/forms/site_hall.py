"""Forms of the hall of the site's moderators: categories, which cities move, notices, reasons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.forms.cities import CategoryField
from forum.forms.hall import NoticeForm
from forum.forms.moderation import ReasonForm
from forum.models import Category, City

IN_THE_LOG = _("Stands in the public log of the site.")


class SiteReasonForm(ReasonForm):
    """Why a moderator of the site acts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = IN_THE_LOG


class SiteNoticeForm(NoticeForm):
    """A notice of the site."""

    class Meta(NoticeForm.Meta):
        help_texts: dict[str, Any] = {
            "body": _("Plain text, or Markdown."),
            "ends_at": _("Empty: until you end it. It stays in the list of the site's notices."),
        }


class CategoryForm(forms.ModelForm):
    """The names of a category, and of one in the lower level where it stands."""

    class Meta:
        model = Category
        fields: tuple[str, ...] = ("name_zh", "name_en", "parent")
        labels: dict[str, Any] = {
            "name_zh": _("Name in Chinese"),
            "name_en": _("Name in English"),
            "parent": _("Stands below"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.parent_id is None:
            del self.fields["parent"]
            return
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = Category.objects.filter(parent=None)
        if self.instance.pk:
            parent.empty_label, parent.required = None, True


class NewCategoryForm(CategoryForm):
    """A new category, with its address."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=40,
        required=False,
        help_text=_("Latin letters, digits and hyphens; it stays for good. Empty: made from the English name."),
    )
    field_order = ("name_zh", "name_en", "parent", "slug")

    class Meta(CategoryForm.Meta):
        help_texts: dict[str, Any] = {"parent": _("Empty: a category of the upper level.")}


class MoveCitiesForm(forms.Form):
    """Which cities of a category go into which other one. They are ticked in the list of cities."""

    into = CategoryField(label=_("Move the ticked cities to"), empty_label=_("Choose a category"))
    city = forms.ModelMultipleChoiceField(
        queryset=City.objects.none(), error_messages={"required": _("Tick the cities that move.")}
    )

    def __init__(self, *args: Any, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities = self.fields["city"]
        assert isinstance(cities, forms.ModelMultipleChoiceField)
        cities.queryset = City.objects.filter(category=category)


class CityPlaceForm(forms.Form):
    """Where in the directory one city stands."""

    category = CategoryField(label=_("Category"), empty_label=None)
