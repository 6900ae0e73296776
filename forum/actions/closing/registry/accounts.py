"""Who someone is, and how they sign in."""

from forum.actions.closing.registry.noun import Noun

_KEY = "a secret of signing in, of no use elsewhere"

NOUNS = {
    "accounts.User": Noun(
        "the account; its row stays, so that what was written keeps an author",
        export="profile.json",
        by_hand="username display_name email about avatar signature folded_words time_zone password",
    ),
    "accounts.KnownBrowser": Noun(
        "browsers one signed in with", "user", export="account.json", goes=True, stays="mark kind network"
    ),
    "accounts.Invitation": Noun(
        "invitations one made, with a note for whom", "inviter", export="account.json", emptied="note", stays="used_by"
    ),
    "accounts.User_groups": Noun("groups of rights", "user", kept_back="rights of who runs the site", goes=True),
    "accounts.User_user_permissions": Noun("rights", "user", kept_back="rights of who runs the site", goes=True),
    "account.EmailAddress": Noun("one's addresses", "user", export="profile.json", goes=True, stays="email"),
    "account.EmailConfirmation": Noun("keys in mails", kept_back=_KEY, stays="key"),  # go with their address
    "mfa.Authenticator": Noun("second factors and passkeys", "user", export="account.json", goes=True, stays="data"),
    "usersessions.UserSession": Noun(
        "where one is signed in", "user", export="account.json", goes=True, stays="ip session_key user_agent data"
    ),
    "sessions.Session": Noun("sessions; those of the person end", kept_back=_KEY, by_hand="session_key session_data"),
    "socialaccount.SocialAccount": Noun(
        "a connected account elsewhere", "user", export="account.json", goes=True, stays="provider uid extra_data"
    ),
    "socialaccount.SocialToken": Noun("keys to it", kept_back=_KEY, stays="token token_secret"),  # go with it
    "admin.LogEntry": Noun(
        "what was done in the administration",
        "user",
        kept_back="the record of the site",
        by_hand="object_repr",
        stays="object_id change_message",
    ),
}
