"""What mail people want: the rhythm of each family of news."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts.models import User
from forum.mailing.families import CHOSEN, FAMILIES
from forum.models import MailSetting, Rhythm

ALL = "all"  # besides the families: whatever one can stop


class Rhythms:
    """The rhythms of several people, in one query."""

    def __init__(self, people: Iterable[int]) -> None:
        rows = MailSetting.objects.filter(user__in=set(people)).values_list("user", "family", "rhythm")
        self._chosen = {(user, family): Rhythm(rhythm) for user, family, rhythm in rows}

    def of(self, user: int, family: str) -> Rhythm:
        """Return in which rhythm the person wants the family."""
        known = FAMILIES[family]
        chosen = known.usual if known.is_always else self._chosen.get((user, family), known.usual)
        return chosen if chosen in known.rhythms else known.usual


def rhythms_of(person: User) -> dict[str, Rhythm]:
    """Return the rhythm of each family one can choose, by its name; one query."""
    rhythms = Rhythms([person.pk])
    return {family.name: rhythms.of(person.pk, family.name) for family in CHOSEN}


@transaction.atomic
def choose_rhythms(person: User, rhythms: Mapping[str, str]) -> None:
    """Remember the rhythms that a person chose, by family; what is not named stays as it is.

    Raises ValueError for a rhythm that there is not, KeyError for an unknown family.
    """
    rows = []
    for name, text in rhythms.items():
        rhythm = Rhythm(text)
        if FAMILIES[name].is_always or rhythm not in FAMILIES[name].rhythms:
            raise ValueError(f"{name} does not come {text}")
        rows.append(MailSetting(user=person, family=name, rhythm=rhythm))
    MailSetting.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "family"], update_fields=["rhythm"]
    )


def stop_mail(person: User, name: str) -> None:
    """Stop a family of news by mail; or all that comes in a rhythm; or, with ALL, whatever can be stopped.

    Doing it twice changes nothing. Raises KeyError for what there is not.
    """
    if name == ALL:
        stopped = [family.name for family in CHOSEN]
    elif name in Rhythm.values:
        stopped = [family for family, rhythm in rhythms_of(person).items() if rhythm == name]
    else:
        stopped = [FAMILIES[name].name]
    choose_rhythms(person, dict.fromkeys(stopped, Rhythm.NONE))
