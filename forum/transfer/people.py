"""Authors of an archive and the accounts that stand for them until somebody claims them."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from accounts.models import User
from forum.actions.closing.names import hidden_name
from forum.models import Archive, ArchivedAuthor, Post
from forum.transfer.topics import Entry

LONGEST = 60
_NOT_IN_NAMES = re.compile(r"[^\w.\-]+")


class People:
    """The authors of one archive, by the name they had there (in any case)."""

    def __init__(self, archive: Archive) -> None:
        """Load the authors whom earlier runs brought."""
        self.archive = archive
        rows = archive.authors.values_list("source_name", "user_id", "user__username")
        self._ids = {name.lower(): user_id for name, user_id, _ in rows}
        self._names = {name.lower(): username for name, _, username in rows}
        self._keys: dict[str, str] = {}
        self._reserved = {username.lower() for username in self._names.values()}
        self._reserved |= {name.lower() for name in getattr(settings, "ACCOUNT_USERNAME_BLACKLIST", ())}

    def id_of(self, source_name: str) -> int:
        """Return the id of the account of an author. Raises KeyError for one who was not brought in."""
        return self._ids[self._key(source_name)]

    def username_for(self, source_name: str) -> str:
        """Return the sign-in name that this author has here, or will have once they come in.

        It is never that of somebody who was here before, so that nobody is taken for another.
        """
        key = self._key(source_name)
        if key not in self._names:
            self._names[key] = self._free(source_name)
            self._reserved.add(self._names[key].lower())
        return self._names[key]

    def _key(self, source_name: str) -> str:
        """Return by what an author is known: the name, or what stands for it when they closed their account here."""
        name = source_name.lower()
        if name not in self._keys:
            hidden = hidden_name(name)
            self._keys[name] = hidden if hidden in self._ids else name
        return self._keys[name]

    @transaction.atomic
    def bring_in(self, entries: Iterable[Entry]) -> int:
        """Make an account for each author who has none yet; return how many were made."""
        new: dict[str, Entry] = {}
        for entry in entries:
            if self._key(entry.author) not in self._ids:
                first = new.setdefault(entry.author.lower(), entry)
                first.author_name = first.author_name or entry.author_name
        users = [self._account(entry) for entry in new.values()]
        User.objects.bulk_create(users)
        ArchivedAuthor.objects.bulk_create(
            ArchivedAuthor(archive=self.archive, source_name=entry.author, user=user)
            for entry, user in zip(new.values(), users, strict=True)
        )
        self._ids.update(zip(new, (user.pk for user in users), strict=True))
        return len(users)

    def date(self) -> None:
        """Let each account that nobody has claimed date from its first post."""
        posts = Post.objects.filter(thread__archive=self.archive).order_by()
        first = dict(posts.values_list("author").annotate(first=Min("created_at")))
        users = User.objects.filter(archived_as__archive=self.archive, is_claimable=True).only("date_joined")
        changed = [user for user in users if first.get(user.pk, user.date_joined) != user.date_joined]
        for user in changed:
            user.date_joined = first[user.pk]
        User.objects.bulk_update(changed, ["date_joined"], batch_size=400)

    def _account(self, entry: Entry) -> User:
        username = self.username_for(entry.author)
        if username.lower() == entry.author.lower():
            # A mention may have been met first, and mentions are in small letters.
            username = self._names[entry.author.lower()] = entry.author
        return User(
            username=username,
            # The name that quotations and mentions call them by; the other one is not lost.
            display_name=entry.author[:LONGEST],
            about=entry.author_name if entry.author_name.lower() != entry.author.lower() else "",
            password=make_password(None),
            is_claimable=True,
            date_joined=min(entry.at, timezone.now()),
        )

    def _free(self, source_name: str) -> str:
        """Return the name, with a number behind it when somebody else has it."""
        base = _NOT_IN_NAMES.sub("-", source_name)[:LONGEST].strip(".-") or "author"
        name, number = base, 2
        while name.lower() in self._reserved or User.objects.filter(username__iexact=name).exists():
            name, number = f"{base[: LONGEST - len(str(number)) - 1]}-{number}", number + 1
        return name
