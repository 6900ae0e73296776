"""Marks that nobody can make up: in a Message-ID, in the address a letter comes back to, in links that stop mail."""

import re
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare, salted_hmac

from forum.mailing.choices import ALL
from forum.mailing.families import CHOSEN
from forum.models import Letter, Rhythm

_SALT = "forum.mailing"
_MARK = re.compile(r"\b(\d{1,18})[.-]([0-9a-f]{24})(?=@)")
STOPPABLE = frozenset({family.name for family in CHOSEN} | {Rhythm.DAILY.value, Rhythm.WEEKLY.value, ALL})


def mail_domain() -> str:
    """Return the domain that the site's mail comes from."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return domain or urlsplit(settings.SITE_ADDRESS).hostname or "localhost"


def _signature(letter: int, key: str) -> str:
    return salted_hmac(_SALT, str(letter), secret=key, algorithm="sha256").hexdigest()[:24]


def message_id(letter: Letter) -> str:
    """Return the Message-ID of a letter: always the same, so that who receives it twice can know it again."""
    return f"<{letter.pk}.{_signature(letter.pk, settings.SECRET_KEY)}@{mail_domain()}>"


def return_address(letter: Letter) -> str:
    """Return the sender on the envelope, to which the letter comes back: one's own for each letter, if there is any."""
    name, _at, domain = settings.BOUNCE_ADDRESS.partition("@")
    if not domain:
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return f"{name}+{letter.pk}-{_signature(letter.pk, settings.SECRET_KEY)}@{domain}"


def letters_marked(text: str) -> set[int]:
    """Return the ids of the letters whose genuine marks (Message-ID, return address) stand in a text."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return {
        int(pk)
        for pk, signature in _MARK.findall(text)
        if any(constant_time_compare(signature, _signature(int(pk), key)) for key in keys)
    }


def stop_token(person: int, name: str) -> str:
    """Return what a link needs to stop mail of one kind (see `stop_mail`) without signing in."""
    return Signer(salt=_SALT).sign(f"{person}.{name}").replace(":", "~")


def read_stop_token(token: str) -> tuple[int, str] | None:
    """Return the id of the person and what to stop; None for a token that is not ours."""
    try:
        person, _dot, name = Signer(salt=_SALT).unsign(token.replace("~", ":")).partition(".")
    except BadSignature:
        return None
    return (int(person), name) if name in STOPPABLE else None
