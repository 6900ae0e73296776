"""What the mayor has not entrusted to a deputy is refused to them, act by act, with a valid token; no more."""

import pytest

from forum.models import Grant, Membership
from forum.permissions.roles import ABILITIES
from tests.permissions.places import Places
from tests.permissions.table import NO, NOTHING, YES, Browser, path_of, read_table, word_for
from tests.world import ROLES, World

GRANTED = frozenset(name for name, ability in ABILITIES.items() if ability.granted)

# What each act of officers needs. In the bulk form it depends on the decision; the world's is to dismiss a report.
NEEDED: dict[str, tuple[str, ...]] = {
    "event_private": ("hide",),
    "event_undo": ("pin",),  # as the act itself: a thread was featured
    "guestbook_hide": ("hide",),
    "guestbook_restore": ("hide",),
    "hall_appeal": ("hear", "sanction"),  # granting it lifts a sanction
    "hall_appeal_pass": ("hear",),
    "hall_application": ("admit",),
    "hall_board": ("build",),
    "hall_boards": ("build",),
    "hall_boards_order": ("build",),
    "hall_bulk": ("review",),
    "hall_held": ("approve",),
    "hall_item": ("review",),
    "hall_notice": ("notify",),
    "hall_notice_end": ("notify",),
    "hall_notices": ("notify",),
    "hall_sanction_new": ("sanction",),
    "post_hide": ("hide",),
    "post_restore": ("hide",),
    "thread_feature": ("pin",),
    "thread_hide": ("hide",),
    "thread_lock": ("lock",),
    "thread_merge": ("move",),
    "thread_move": ("move",),
    "thread_pin": ("pin",),
    "thread_restore": ("hide",),
    "thread_split": ("move",),
    "thread_unfeature": ("pin",),
    "thread_unlock": ("lock",),
    "thread_unpin": ("pin",),
}
STRANGERS = ("member", "citizen", "author", "stranger mayor")


def entrust(world: World, abilities: frozenset[str]) -> None:
    """Let the deputy have these abilities and no other."""
    office = Membership.objects.get(city=world.stoneferry, user=world.dan)
    Grant.objects.filter(membership=office).delete()
    Grant.objects.bulk_create(Grant(membership=office, ability=ability) for ability in abilities)


def test_every_act_of_officers_stands_here() -> None:
    acts = set()
    for row in read_table()["as it is at first"]:
        words = dict(zip(ROLES, row.answers, strict=True))
        if row.verb == "POST" and words["deputy"] == YES and all(words[role] == NO for role in STRANGERS):
            acts.add(row.address)
    assert acts == NEEDED.keys()
    assert {ability for needed in NEEDED.values() for ability in needed} == GRANTED


@pytest.mark.parametrize("ability", sorted(GRANTED))
def test_an_act_is_refused_without_its_ability_and_needs_no_other(world: World, ability: str) -> None:
    places, deputy = Places(world), Browser(world.dan)
    otherwise = []
    for address in (address for address, needed in NEEDED.items() if ability in needed):
        path, fields = path_of(address, places), places.sent(address)
        # Who hears no appeals does not learn that there is one.
        refusal = NOTHING if ability == "hear" else NO
        for abilities, word in ((GRANTED - {ability}, refusal), (frozenset(NEEDED[address]), YES)):
            entrust(world, abilities)
            answer = word_for(deputy.ask("POST", path, fields), "POST")
            otherwise += [f"{address} with {sorted(abilities)}: {answer}"] if answer != word else []
    assert otherwise == []
