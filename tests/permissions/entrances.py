"""What belongs to the doors of the site in the world of the table: invitations, browsers, claims."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts import invitations, rescue
from accounts.models import Invitation, KnownBrowser
from forum.actions.claims import ask_claim
from forum.queries.claims import link_token
from tests.world import World, make_person

NEW = "a bridge of three planks"


class Entrances:
    """Old Hand came with an archive and is claimed; Rita has invited somebody, and signed in with a new browser."""

    def __init__(self, world: World) -> None:
        self.old_hand = make_person("oldhand", is_claimable=True)
        self.claim = ask_claim(self.old_hand, by=None, email="hand@example.org", words="Ask Cai.")
        until = timezone.now() + timedelta(days=30)
        tokens = {"claim_finish": link_token(self.old_hand, "hand@example.org")}
        tokens["invited"] = invitations.token_of(Invitation.objects.create(inviter=world.rita, expires_at=until))
        browser = KnownBrowser.objects.create(user=world.rita, mark="new", kind="Firefox · Windows")
        tokens["not_me"] = rescue.token_for(browser, "rita@example.org")
        self.tokens = tokens

    def arguments(self, address: str) -> dict[str, Any]:
        """Return what the addresses are made of, by the names the URL patterns use."""
        known: dict[str, Any] = {"claim": self.claim.pk, "token": self.tokens.get(address, ""), "provider_id": "nobody"}
        return known | ({"name": "oldhand"} if address == "claim" else {})

    def sent(self) -> dict[str, dict[str, Any]]:
        """Return the rightly filled-in forms."""
        return {
            "claim": {"way": "ask", "email": "another@example.org", "words": "Ask Coco."},
            "claim_finish": {"password1": NEW, "password2": NEW},
            "site_claim": {"decision": "grant"},
            "me_invitations": {"note": "A cousin"},
        }
