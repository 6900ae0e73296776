"""How cities and the site are governed: their settings, offices, citizens, rules and notices."""

from django.utils.translation import gettext_lazy as _

from forum.events.kinds.kind import logged, private

KINDS = {
    "city.founded": logged(_("%(actor)s founded the city.")),
    "city.changed": logged(_("%(actor)s changed the settings of the city: %(fields)s.")),
    "city.imported": logged(_("%(actor)s brought in an archive: threads %(threads)s, posts %(posts)s.")),
    # Anchors the texts that came at once in the chain of the city.
    "city.batch_imported": private(_("%(actor)s brought in posts: %(posts)s.")),
    "city.archived": logged(_("%(actor)s archived the city.")),
    "city.reopened": logged(_("%(actor)s opened the city again.")),
    "board.created": logged(_("%(actor)s created the board %(board)s.")),
    "board.changed": logged(_("%(actor)s changed the board %(board)s.")),
    "board.ordered": logged(_("%(actor)s put the boards in a new order.")),
    "membership.joined": private(_("%(actor)s joined the city.")),
    "membership.left": private(_("%(actor)s left the city.")),
    "deputy.named": logged(_("%(actor)s named %(person)s deputy mayor.")),
    "deputy.dismissed": logged(_("%(actor)s dismissed %(person)s as deputy mayor.")),
    "deputy.granted": logged(_("%(actor)s set what %(person)s may do as deputy mayor: %(abilities)s.")),
    "application.sent": private(_("%(actor)s applied to join.")),
    "application.withdrawn": private(_("%(actor)s withdrew an application.")),
    "application.accepted": logged(_("%(actor)s admitted %(person)s as a citizen.")),
    # A refused person is not named in public; they read the answer themselves.
    "application.refused": logged(_("%(actor)s refused an application.")),
    "rules.changed": logged(_("%(actor)s changed the rules of the city: %(fields)s.")),
    "notice.posted": logged(_("%(actor)s posted the notice %(title)s.")),
    "notice.changed": logged(_("%(actor)s changed the notice %(title)s.")),
    "notice.ended": logged(_("%(actor)s ended the notice %(title)s.")),
    # Of the site: they stand in its own public log.
    "category.created": logged(_("%(actor)s created the category %(category)s.")),
    "category.changed": logged(_("%(actor)s changed the category %(category)s.")),
    "category.ordered": logged(_("%(actor)s put the categories in a new order.")),
    "category.deleted": logged(_("%(actor)s deleted the empty category %(category)s.")),
    "moderator.named": logged(_("%(actor)s named %(person)s a moderator of the site.")),
    "moderator.dismissed": logged(_("%(actor)s dismissed %(person)s as a moderator of the site.")),
    "invitation.made": private(_("%(actor)s invited somebody to the site.")),
    "claim.made": private(_("Somebody asked for the account %(person)s, which came with an archive.")),
    "claim.granted": logged(
        _("%(actor)s granted the account %(person)s, which came with an archive, to who asked for it.")
    ),
    # Who was refused is not named in public.
    "claim.refused": logged(_("%(actor)s refused somebody an account that came with an archive.")),
    "account.claimed": logged(_("The author of %(person)s, which came with an archive, has taken the account over.")),
}
