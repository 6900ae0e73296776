"""Categories of the directory, and the notices and moderators of the site."""

import pytest
from django.core.exceptions import ValidationError

from forum.actions.categories import create_category, delete_category, edit_category, move_category, move_cities
from forum.actions.moderators import dismiss_moderator, name_moderator
from forum.actions.notices import edit_notice, end_notice, post_notice
from forum.actions.sanctions import impose_sanction
from forum.models import Category, City, Event
from forum.permissions.verdicts import Forbidden
from tests.world import World, make_person


def _kinds(world: World) -> list[str]:
    return list(Event.objects.filter(city=None, in_log=True).order_by("pk").values_list("kind", flat=True))


def _order(parent: Category | None) -> list[str]:
    return list(Category.objects.filter(parent=parent).values_list("slug", flat=True))


def test_a_category_stands_last_in_its_level_and_in_the_public_log(world: World) -> None:
    upper = create_category(by=world.ada, name_zh="茶", name_en="Tea and coffee")
    lower = create_category(by=world.ada, name_zh="烏龍", name_en="Oolong", parent=upper)
    assert _order(None)[-1] == "tea-and-coffee"
    assert _order(upper) == ["oolong"]
    assert _kinds(world) == ["category.created"] * 2
    assert Event.objects.filter(kind="category.created").latest("pk").data["category"] == "烏龍 (Oolong)"
    assert lower.parent == upper


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_zh": " "}, "name_zh"),
        ({"name_en": ""}, "name_en"),
        ({"name_en": "茶"}, "slug"),
        ({"slug": "reading"}, "slug"),
    ],
)
def test_a_category_needs_both_names_and_an_address_of_its_own(world: World, wrong: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as problem:
        create_category(by=world.ada, **{"name_zh": "茶", "name_en": "Tea", **wrong})
    assert field in problem.value.message_dict


def test_the_directory_has_two_levels(world: World) -> None:
    with pytest.raises(ValidationError, match="two levels"):
        create_category(by=world.ada, name_zh="茶", name_en="Tea", parent=world.category)
    names = {"name_zh": "閱讀", "name_en": "Reading"}
    with pytest.raises(ValidationError, match="stays in its level"):
        edit_category(world.category, by=world.ada, **names)


def test_renaming_and_putting_elsewhere_is_recorded_and_the_same_again_is_not(world: World) -> None:
    arts = Category.objects.get(slug="arts")
    for _time in range(2):
        edit_category(world.category, by=world.ada, name_zh="書", name_en="Books", parent=arts)
    world.category.refresh_from_db()
    assert (world.category.name_en, world.category.parent, _order(arts)[-1]) == ("Books", arts, "reading")
    assert _kinds(world) == ["category.changed"]


def test_moving_up_and_down_ends_at_the_ends(world: World) -> None:
    parent = world.category.parent
    before = _order(parent)
    move_category(world.category, by=world.ada, step=-1)
    assert _order(parent) == before
    move_category(world.category, by=world.ada, step=1)
    assert _order(parent) == [before[1], before[0], *before[2:]]
    assert _kinds(world) == ["category.ordered"]


def test_only_an_empty_category_is_deleted_and_twice_changes_nothing(world: World) -> None:
    for full in (world.category, world.category.parent):
        assert full
        with pytest.raises(ValidationError, match="empty"):
            delete_category(full, by=world.ada)
    empty = Category.objects.get(slug="alumni")
    for _time in range(2):
        delete_category(empty, by=world.ada, reason="Nobody came.")
    assert not Category.objects.filter(slug="alumni").exists()
    assert _kinds(world) == ["category.deleted"]


def test_cities_move_together_and_each_tells_it_in_its_own_log(world: World) -> None:
    into = Category.objects.get(slug="poetry")
    move_cities([world.stoneferry, world.hilltop], by=world.ada, into=into)
    assert set(City.objects.values_list("category__slug", flat=True)) == {"poetry"}
    assert Event.objects.filter(kind="city.changed", city=world.hilltop).exists()
    with pytest.raises(ValidationError, match="lower level"):
        move_cities([world.hilltop], by=world.ada, into=Category.objects.get(slug="arts"))


@pytest.mark.parametrize("who", ["mei", "rita"])
def test_only_moderators_put_the_directory_in_order(world: World, who: str) -> None:
    person, category = getattr(world, who), world.category
    for act in (
        lambda: create_category(by=person, name_zh="茶", name_en="Tea"),
        lambda: edit_category(category, by=person, name_zh="書", name_en="Books", parent=category.parent),
        lambda: move_category(category, by=person, step=1),
        lambda: delete_category(category, by=person),
        lambda: move_cities([world.stoneferry], by=person, into=category),
        lambda: post_notice(None, by=person, title="Hear me"),
    ):
        with pytest.raises(Forbidden, match="site's moderators"):
            act()
    assert _kinds(world) == []


def test_a_suspended_moderator_does_nothing_of_it(world: World) -> None:
    other = make_person("uma")
    impose_sanction(None, by=world.ada, person=other, kind="suspension", reason="abuse")
    other.is_staff = True
    other.save()
    with pytest.raises(Forbidden, match="suspended"):
        create_category(by=other, name_zh="茶", name_en="Tea")


def test_notices_of_the_site_are_posted_changed_and_ended(world: World) -> None:
    notice = post_notice(None, by=world.ada, title="The site rests", body="On *Sunday*.")
    assert (notice.city, "<em>Sunday</em>" in notice.html) == (None, True)
    edit_notice(notice, by=world.ada, title="The site rests on Sunday")
    end_notice(notice, by=world.ada, reason="It is over.")
    end_notice(notice, by=world.ada)
    assert _kinds(world) == ["notice.posted", "notice.changed", "notice.ended"]
    with pytest.raises(Forbidden):
        edit_notice(notice, by=world.mei, title="Mine")


def test_moderators_are_named_by_who_runs_the_site_and_in_public(world: World) -> None:
    root = make_person("root", is_staff=True, is_superuser=True)
    for _time in range(2):
        name_moderator(world.rita, by=root)
    world.rita.refresh_from_db()
    assert world.rita.is_staff
    with pytest.raises(Forbidden, match="run the site"):
        dismiss_moderator(world.rita, by=world.ada)
    dismiss_moderator(world.rita, by=root, reason="At her own wish.")
    assert _kinds(world) == ["moderator.named", "moderator.dismissed"]
