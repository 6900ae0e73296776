"""The sentences of those rules that name a number."""

from django.utils.translation import ngettext


def counted(name: str, number: int) -> str:
    """Return the sentence of a rule that names a number, by the name of its field; raise KeyError for another."""
    return {
        "join_days": ngettext(
            "One has been a member of this site for at least %(number)s day before one joins.",
            "One has been a member of this site for at least %(number)s days before one joins.",
            number,
        ),
        "join_posts": ngettext(
            "One has written at least %(number)s post on this site before one joins.",
            "One has written at least %(number)s posts on this site before one joins.",
            number,
        ),
        "statement_length": ngettext(
            "An applicant's statement has at least %(number)s character.",
            "An applicant's statement has at least %(number)s characters.",
            number,
        ),
        "refusal_days": ngettext(
            "Who was refused may apply again after %(number)s day.",
            "Who was refused may apply again after %(number)s days.",
            number,
        ),
        "post_days": ngettext(
            "One has been a member of this site for at least %(number)s day before one writes.",
            "One has been a member of this site for at least %(number)s days before one writes.",
            number,
        ),
        "post_posts": ngettext(
            "One has written at least %(number)s post on this site before one writes here.",
            "One has written at least %(number)s posts on this site before one writes here.",
            number,
        ),
        "thread_days": ngettext(
            "One has been a citizen for at least %(number)s day before one starts threads.",
            "One has been a citizen for at least %(number)s days before one starts threads.",
            number,
        ),
        "thread_posts": ngettext(
            "One has written at least %(number)s post in this city before one starts threads.",
            "One has written at least %(number)s posts in this city before one starts threads.",
            number,
        ),
        "posts_per_day": ngettext(
            "One writes at most %(number)s post within a day.",
            "One writes at most %(number)s posts within a day.",
            number,
        ),
        "probation_posts": ngettext(
            "The first %(number)s post of everybody waits for approval.",
            "The first %(number)s posts of everybody wait for approval.",
            number,
        ),
        "probation_days": ngettext(
            "What one writes on one's first %(number)s day waits for approval.",
            "What one writes in one's first %(number)s days waits for approval.",
            number,
        ),
        "decision_hours": ngettext(
            "The officers promise to decide within %(number)s hour about what waits.",
            "The officers promise to decide within %(number)s hours about what waits.",
            number,
        ),
        "repost_comment": ngettext(
            "A repost has at least %(number)s character of one's own, outside of quotations.",
            "A repost has at least %(number)s characters of one's own, outside of quotations.",
            number,
        ),
        "vote_days": ngettext(
            "One has been a citizen for at least %(number)s day before one votes in elections.",
            "One has been a citizen for at least %(number)s days before one votes in elections.",
            number,
        ),
        "term_months": ngettext(
            "The mayor is elected for %(number)s month.",
            "The mayor is elected for %(number)s months.",
            number,
        ),
        "petition_percent": ngettext(
            "A petition of %(number)s percent of the citizens calls a vote.",
            "A petition of %(number)s percent of the citizens calls a vote.",
            number,
        ),
        "absence_days": ngettext(
            "When the mayor has not been here for %(number)s day, somebody follows.",
            "When the mayor has not been here for %(number)s days, somebody follows.",
            number,
        ),
    }[name]
