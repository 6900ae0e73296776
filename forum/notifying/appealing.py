"""Who hears of sanctions lifted and of appeals: who decides them, and in the end who made them. Pure reads."""

from collections.abc import Iterator

from forum.models import Appeal, Event
from forum.permissions.appeals import moderators_who_hear, people_who_hear

type Hearer = tuple[int, str]  # a person's id, and the kind of news


def relieved(event: Event) -> Iterator[Hearer]:
    """Yield on whom the sanction lay that was lifted."""
    if event.person_id:
        yield event.person_id, "lifted" if event.city_id else "unsuspended"


def deciders(event: Event) -> Iterator[Hearer]:
    """Yield who may decide the appeal: never who decided first."""
    appeal = Appeal.objects.select_related("city", "decision").filter(pk=event.data.get("appeal")).first()
    if appeal is None or appeal.state != Appeal.State.WAITING:
        return
    parties = (appeal.decision.actor_id, appeal.person_id)
    if appeal.city is None or appeal.is_for_site:
        people = moderators_who_hear(but=parties)
    else:
        people = people_who_hear(appeal.city, appeal.decision.kind, but=parties)
    for pk in people.values_list("pk", flat=True):
        yield pk, "appealed" if appeal.city_id else "appealed_to_site"


def appellant(event: Event) -> Iterator[Hearer]:
    """Yield who appealed."""
    kinds = (
        ("appeal_granted", "suspension_ended")
        if event.kind == "appeal.granted"
        else ("appeal_refused", "suspension_upheld")
    )
    for pk in Appeal.objects.filter(pk=event.data.get("appeal")).values_list("person", flat=True):
        yield pk, kinds[0] if event.city_id else kinds[1]
