"""THE registry of personal data: which tables hold some, what closing an account does to it, where it is exported."""

from forum.actions.closing.registry import accounts, following, judging, places, writing
from forum.actions.closing.registry.noun import Noun

__all__ = ["IMPERSONAL", "REGISTRY", "Noun"]

REGISTRY: dict[str, Noun] = {
    **accounts.NOUNS,
    **writing.NOUNS,
    **places.NOUNS,
    **judging.NOUNS,
    **following.NOUNS,
}

# Tables that say nothing of a person, with those of their fields that could.
IMPERSONAL = {
    "forum.Archive": "software",
    "forum.Board": "slug name description",
    "forum.Category": "slug name_zh name_en",
    "forum.Chain": "head",
    "forum.City": "slug name seal description crest",
    "forum.Delivery": "",
    "forum.FormerNumber": "",
    "forum.Grant": "ability",
    "forum.Placing": "",
    "forum.Rules": "questions held_words held_patterns report_reasons",
    "auth.Group": "name",
    "auth.Group_permissions": "",
    "auth.Permission": "name codename",
    "contenttypes.ContentType": "app_label model",
    "socialaccount.SocialApp": "provider provider_id name client_id secret key settings",
}
