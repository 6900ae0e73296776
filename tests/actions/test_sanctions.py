"""Sanctions: imposed from above only, run out by the clock, lifted; a ban makes a stranger."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.actions.memberships import dismiss_deputy, join_city, name_deputy
from forum.actions.posts import add_reply
from forum.actions.rules import change_rules
from forum.actions.sanctions import impose_sanction, lift_sanction
from forum.actions.undoing import undo_event
from forum.models import City, Event, Grant, Membership, Sanction
from forum.permissions.parties import PartyForbidden
from forum.permissions.roles import Viewer, people_with
from forum.permissions.verdicts import Forbidden
from forum.queries.memberships import citizens_called, citizens_in_city, officers_by_office, officers_in_city
from forum.queries.threads import officers_of
from tests.races import together
from tests.world import World

KINDS = [("warning", "sanction.warned"), ("mute", "sanction.muted"), ("ban", "sanction.banned")]
WEEK = timedelta(days=7)


def impose(world: World, name: str, kind: str = "mute", by: str = "mei", **more: object) -> Sanction:
    """Return a sanction on the person of that name in Stoneferry, or on the site for a suspension."""
    city = None if kind == "suspension" else world.stoneferry
    terms: dict[str, object] = {"reason": "abuse", **more}
    return impose_sanction(city, by=getattr(world, by), person=getattr(world, name), kind=kind, **terms)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "event"), KINDS)
def test_a_sanction_stands_in_the_log_with_reason_and_end(world: World, kind: str, event: str) -> None:
    end = timezone.now() + WEEK
    sanction = impose(world, "cai", kind, words="Three times.", ends_at=end)
    act = Event.objects.get(kind=event)
    assert (act.city, act.actor, act.person, act.sanction) == (world.stoneferry, world.mei, world.cai, sanction)
    assert (act.reason, act.data["why"], act.in_log) == ("Three times.", "abuse", True)
    assert act.data["until"] == ("" if kind == "warning" else end.isoformat())


def test_a_warning_has_no_end_and_keeps_from_nothing(world: World) -> None:
    assert impose(world, "cai", "warning", ends_at=timezone.now() + WEEK).ends_at is None
    assert add_reply(world.thread, by=world.cai, body="I see.")


def test_the_site_suspends_and_no_city_has_a_say(world: World) -> None:
    sanction = impose(world, "stan", "suspension", by="ada")
    assert sanction.city is None
    with pytest.raises(Forbidden, match="Your account is suspended"):
        add_reply(world.thread, by=world.stan, body="But why?")


@pytest.mark.parametrize(
    ("by", "name", "kind"),
    [
        ("dan", "mei", "warning"),
        ("dan", "dan", "warning"),
        ("mei", "mei", "mute"),
        ("mei", "ada", "warning"),
        ("dan", "ada", "ban"),
        ("stan", "cai", "mute"),
        ("coco", "cai", "mute"),
        ("rita", "cai", "ban"),
        ("mei", "cai", "suspension"),
        ("ada", "ada", "suspension"),
    ],
)
def test_nobody_sanctions_upwards_themselves_or_elsewhere(world: World, by: str, name: str, kind: str) -> None:
    with pytest.raises(Forbidden):
        impose(world, name, kind, by=by)
    assert not Sanction.objects.exists()


@pytest.mark.parametrize(
    ("by", "name"), [("dan", "cai"), ("dan", "rita"), ("dan", "stan"), ("mei", "dan"), ("ada", "mei")]
)
def test_officers_sanction_downwards_and_strangers(world: World, by: str, name: str) -> None:
    assert impose(world, name, by=by).imposed_by == getattr(world, by)


def test_a_deputy_needs_the_ability(world: World) -> None:
    Grant.objects.filter(membership__user=world.dan, ability="sanction").delete()
    with pytest.raises(Forbidden, match="to whom it is entrusted"):
        impose(world, "cai", by="dan")


def test_deputies_do_not_sanction_each_other_not_even_a_banned_one(world: World) -> None:
    name_deputy(world.stoneferry, by=world.mei, person=world.coco)
    impose(world, "coco", "ban")
    with pytest.raises(Forbidden, match="same or a higher office"):
        impose(world, "coco", "warning", by="dan")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("kind", {"kind": "exile"}),
        ("reason", {"reason": "mood"}),
        ("words", {"reason": "other"}),
        ("words", {"words": "x" * 501}),
        ("ends_at", {"ends_at": timezone.now() - WEEK}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(world: World, field: str, wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as problem:
        impose(world, "cai", **wrong)
    assert list(problem.value.message_dict) == [field]


def test_a_sanction_names_a_post_of_the_person_in_this_city_only(world: World) -> None:
    assert impose(world, "coco", post=world.reply).post == world.reply
    with pytest.raises(ValidationError) as problem:
        impose(world, "dan", post=world.reply)
    assert "post" in problem.value.message_dict


def test_the_same_form_twice_is_one_sanction(world: World) -> None:
    first = impose(world, "cai", ends_at=timezone.now() + WEEK)
    assert impose(world, "cai", ends_at=timezone.now() + WEEK) == first
    assert Event.objects.filter(kind="sanction.muted").count() == 1


def test_a_longer_one_stands_beside_and_a_shorter_one_says_what_holds(world: World) -> None:
    impose(world, "cai", ends_at=timezone.now() + WEEK)
    with pytest.raises(ValidationError, match="is in force until"):
        impose(world, "cai", by="dan", ends_at=timezone.now() + timedelta(days=1))
    impose(world, "cai", by="dan", ends_at=timezone.now() + 2 * WEEK)
    impose(world, "cai", by="dan", kind="ban")
    assert Sanction.objects.in_force().count() == 3
    with pytest.raises(ValidationError, match="for good already"):
        impose(world, "cai", by="mei", kind="ban", ends_at=timezone.now() + WEEK)


def test_it_runs_out_by_the_clock_alone(world: World) -> None:
    before = timezone.now() - WEEK
    impose(world, "cai", at=before, ends_at=before + timedelta(days=6))
    assert add_reply(world.thread, by=world.cai, body="Here again.")


def test_lifting_needs_a_reason_and_takes_the_act_back(world: World) -> None:
    sanction = impose(world, "cai")
    with pytest.raises(ValidationError):
        lift_sanction(sanction, by=world.mei, reason=" ")
    for _twice in range(2):
        sanction = lift_sanction(sanction, by=world.mei, reason="Said sorry.")
    assert (sanction.lifted_by, Event.objects.get(kind="sanction.lifted").undoes) == (
        world.mei,
        Event.objects.get(kind="sanction.muted"),
    )
    assert add_reply(world.thread, by=world.cai, body="Sorry.")


def test_a_sanction_is_lifted_by_an_office_as_high_as_the_one_that_imposed_it(world: World) -> None:
    by_deputy, by_mayor, by_site = impose(world, "coco", by="dan"), impose(world, "cai"), impose(world, "dan", by="ada")
    with pytest.raises(Forbidden, match="as high as the one"):
        lift_sanction(by_site, by=world.mei, reason="r")
    assert lift_sanction(by_site, by=world.ada, reason="r").lifted_at
    with pytest.raises(Forbidden, match="as high as the one"):
        lift_sanction(by_mayor, by=world.dan, reason="r")
    assert lift_sanction(by_mayor, by=world.ada, reason="r").lifted_at
    assert lift_sanction(by_deputy, by=world.mei, reason="r").lifted_at


def test_nobody_lifts_a_sanction_on_themselves(world: World) -> None:
    warning = impose(world, "mei", "warning", by="ada")
    with pytest.raises(Forbidden, match="on themselves"):
        lift_sanction(warning, by=world.mei, reason="r")


def test_it_is_undone_from_the_log_as_well(world: World) -> None:
    sanction = impose(world, "cai", "ban", by="dan")
    undo_event(Event.objects.get(kind="sanction.banned"), by=world.mei, reason="A mistake.")
    sanction.refresh_from_db()
    assert sanction.lifted_at


def test_who_wrote_in_the_thread_is_marked_or_leaves_it_to_another(world: World) -> None:
    add_reply(world.thread, by=world.dan, body="I was there.")
    impose(world, "coco", "warning", by="dan", post=world.reply)
    assert Event.objects.get(kind="sanction.warned").is_party
    change_rules(world.stoneferry, by=world.mei, second_officer=True)
    with pytest.raises(PartyForbidden):
        impose(world, "coco", by="dan", post=world.reply)


def test_a_private_one_is_private_when_it_is_lifted_too(world: World) -> None:
    lift_sanction(impose(world, "cai", is_private=True), by=world.mei, reason="r")
    assert set(Event.objects.filter(sanction__isnull=False).values_list("is_private", flat=True)) == {True}


def test_who_is_banned_stands_in_no_list_until_it_ends(world: World) -> None:
    def listed() -> set[str]:
        viewer, city = Viewer.of(world.mei), world.stoneferry
        officers = [one.membership.user for one in officers_in_city(viewer, city)]
        officers += [row.user for row in officers_of(city.pk)] + [row.user for row in officers_by_office(city.pk)]
        citizens = [one.membership.user for one in citizens_in_city(viewer, city, marks={}).items]
        return {person.username for person in [*officers, *citizens, *citizens_called(viewer, city, "dan")]}

    sanctions = [impose(world, "dan", "ban"), impose(world, "cai", "ban")]
    assert listed() == {"mei", "coco"}
    assert City.objects.get(pk=world.stoneferry.pk).citizens_count == 4
    for sanction in sanctions:
        lift_sanction(sanction, by=world.mei, reason="r")
    assert listed() == {"mei", "coco", "dan", "cai"}
    assert Viewer.of(world.dan).may("hide", world.stoneferry)


def test_who_is_banned_reads_no_closed_city_and_hears_nothing_of_it(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    impose(world, "dan", "ban")
    assert not Viewer.of(world.dan).may("read_closed", world.stoneferry)
    for ability in ("read_closed", "officiate", "admit", "hear"):
        holders = type(world.dan).objects.filter(people_with(ability, world.stoneferry))
        assert world.dan not in holders, ability


def test_who_is_banned_neither_joins_nor_rises(world: World) -> None:
    impose(world, "cai", "ban")
    impose(world, "rita", "ban")
    for person in (world.cai, world.rita):
        with pytest.raises(Forbidden, match="You are banned"):
            join_city(world.stoneferry, by=person)
    with pytest.raises(ValidationError, match="is banned"):
        name_deputy(world.stoneferry, by=world.mei, person=world.cai)
    impose(world, "dan", "ban")
    assert dismiss_deputy(world.stoneferry, by=world.mei, person=world.dan).role == Membership.Role.CITIZEN


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_impose_one(transactional_db: None, world: World) -> None:
    def mute(by: str) -> None:
        try:
            impose(world, "cai", by=by)
        except ValidationError:
            return  # the other officer was faster, and this one is told so

    together([lambda: mute("mei"), lambda: mute("dan")] * 2)
    assert Sanction.objects.count() == 1
