"""What people follow, hear of and look for, and whom they do not want to read: all of it goes."""

from forum.actions.closing.registry.noun import Noun

NOUNS = {
    "forum.Watch": Noun("what one watches", "user", export="watches.json", goes=True, stays="person"),
    "forum.Notification": Noun("news one was told", "user", export="notifications.json", goes=True, stays="kind"),
    "forum.Block": Noun("people one does not read", "user", export="blocks.json", goes=True, stays="blocked"),
    "forum.ReadMark": Noun("how far one read", "user", export="reading.json", goes=True),
    "forum.BoardMark": Noun("how far one read a board", "user", export="reading.json", goes=True),
    "forum.SavedSearch": Noun(
        "searches one keeps", "user", export="searches.json", goes=True, stays="query scope place name"
    ),
    "forum.RecentSearch": Noun(
        "what one looked for lately", "user", export="searches.json", goes=True, stays="query scope place"
    ),
    "forum.MailSetting": Noun("what one hears by mail", "user", export="mail.json", goes=True, stays="family"),
    "forum.Suppression": Noun("addresses without mail", "user", export="mail.json", goes=True, stays="address detail"),
    "forum.Letter": Noun(
        "mails that went to one", "user", export="mail.json", goes=True, stays="family about address problem"
    ),
    "forum.Publication": Noun(
        "books one asked for; their files are deleted within days",
        "asked_by",
        kept_back="made of texts that are in the archive, and gone within days",
        goes=True,
        stays="content problem file",
    ),
}
