"""The e-mail addresses of an archive's authors, by which they claim their accounts."""

import csv
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from forum.models import Archive, ArchivedAuthor


class NoList(Exception):
    """The file is no list of authors and addresses; the message says why."""


def read_addresses(file: Path) -> dict[str, str]:
    """Return name (in small letters) → address of a CSV with the columns `username` and `email`; no address, no row.

    Raises NoList for a file that is none.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            if not {"username", "email"} <= set(rows.fieldnames or ()):
                raise NoList("The first line has to name the columns username and email.")
            found = {row["username"].strip().lower(): (row["email"] or "").strip().lower() for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise NoList(f"{file} cannot be read: {problem}") from problem
    return {name: email for name, email in found.items() if _is_address(email)}


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@transaction.atomic
def note_addresses(archive: Archive, addresses: dict[str, str]) -> int:
    """Note the address of each author whom nobody has claimed yet, and return how many were new or changed."""
    authors = ArchivedAuthor.objects.filter(archive=archive, user__is_claimable=True)
    changed = [one for one in authors if addresses.get(one.source_name.lower(), one.email) != one.email]
    for author in changed:
        author.email = addresses[author.source_name.lower()]
    ArchivedAuthor.objects.bulk_update(changed, ["email"], batch_size=400)
    return len(changed)
