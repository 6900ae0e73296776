"""What the administration shows of cities, texts, decisions and votes: columns, filters, what one finds it by."""

from forum import models
from forum.admin.kept import BY_ITSELF, BY_OWNER, IN_CITY_HALL, IN_SITE_HALL, IN_THREADS, keep

# Cities and who belongs to them
keep(
    models.City,
    IN_SITE_HALL,
    "name slug category state visibility citizens_count threads_count created_at",
    "name slug",
    "state visibility joining posting",
)
keep(models.Category, IN_SITE_HALL, "name_zh name_en slug parent position", "name_zh name_en slug")
keep(models.Board, IN_CITY_HALL, "name city posting is_default threads_count", "name =city__slug", "posting")
keep(models.Rules, IN_CITY_HALL, "city second_officer probation_posts posts_per_day", "=city__slug", "second_officer")
keep(models.Membership, IN_CITY_HALL, "user city role joined_at", "=user__username =city__slug", "role")
keep(
    models.Grant,
    IN_CITY_HALL,
    "membership ability",
    "=membership__user__username =membership__city__slug",
    beside=("membership__user", "membership__city"),
)
keep(models.Application, IN_CITY_HALL, "user city state created_at decided_by", "=user__username =city__slug", "state")
keep(
    models.Notice,
    IN_SITE_HALL,
    "title city author created_at ends_at",
    "title =city__slug",
    date_hierarchy="created_at",
)
keep(models.RollCall, BY_OWNER, "user city day", "=user__username =city__slug")
keep(
    models.GuestbookEntry,
    IN_CITY_HALL,
    "author city is_hidden created_at",
    "=author__username =city__slug",
    "is_hidden",
)
keep(models.CityRecommendation, BY_OWNER, "user city created_at", "=user__username =city__slug")

# What people write
keep(
    models.Thread,
    IN_THREADS,
    "title city board author is_hidden is_locked posts_count created_at",
    "=id title =author__username =city__slug",
    "is_hidden is_locked is_pinned is_featured is_held",
)
keep(
    models.Post,
    IN_THREADS,
    "id number thread author is_hidden is_held created_at",
    "=id =author__username =thread__id",
    "is_hidden is_held office",
    secret=("html", "submission"),
)
keep(
    models.Revision,
    IN_THREADS,
    "id post number author is_hidden is_erased created_at",
    "=post__id =author__username",
    "is_hidden is_erased",
    secret=("salt",),
    beside=("post__thread",),
)
keep(models.FormerNumber, BY_ITSELF, "thread number post", "=thread__id =post__id", beside=("post__thread",))
keep(models.Recommendation, IN_THREADS, "user post created_at", "=user__username =post__id", beside=("post__thread",))

# What was reported and decided
keep(
    models.Case,
    IN_SITE_HALL,
    "id city person state weight created_at escalated_at decided_by",
    "=id =city__slug =person__username",
    "state",
    date_hierarchy="created_at",
)
keep(
    models.Report,
    IN_SITE_HALL,
    "id case__city reporter reason state created_at",
    "=reporter__username =case__city__slug",
    "state",
    beside=("case__city",),
)
keep(
    models.Sanction,
    IN_SITE_HALL,
    "person kind city reason imposed_by created_at ends_at lifted_at",
    "=person__username =imposed_by__username =city__slug",
    "kind reason",
    date_hierarchy="created_at",
)
keep(
    models.Appeal,
    IN_SITE_HALL,
    "person city state is_for_site created_at decided_by",
    "=person__username =city__slug",
    "state is_for_site",
    date_hierarchy="created_at",
)
keep(
    models.Hold,
    IN_CITY_HALL,
    "post city why state due_at decided_by",
    "=post__author__username =city__slug",
    "state why",
    beside=("post__thread",),
)
keep(
    models.Event,
    BY_ITSELF,
    "id kind actor city person in_log is_private created_at",
    "=kind =actor__username =person__username =city__slug",
    "in_log is_private is_party",
    secret=("salt",),
)
keep(models.Chain, BY_ITSELF, "city length head", "=city__slug")

# Votes
keep(
    models.Poll,
    IN_THREADS,
    "question city method is_secret ballots_count closes_at closed_at",
    "question =city__slug",
    "method is_secret",
)
keep(models.Option, IN_THREADS, "text poll position", "text =poll__id")
keep(models.Voter, BY_ITSELF, "user poll has_voted", "=user__username =poll__id", "has_voted")
keep(models.Ballot, BY_ITSELF, "id poll number", "=poll__id")
keep(
    models.Election,
    IN_CITY_HALL,
    "city office state cause person called_at decided_at",
    "=city__slug",
    "office state cause",
    date_hierarchy="called_at",
)
keep(
    models.Candidacy,
    IN_CITY_HALL,
    "user election created_at consented_at withdrawn_at",
    "=user__username",
    beside=("election__city",),
)
keep(
    models.Petition,
    IN_CITY_HALL,
    "city office author signatures_count needed state ends_at",
    "=city__slug =author__username",
    "office state",
)
keep(models.Signature, BY_OWNER, "user petition created_at", "=user__username", beside=("petition__city",))
keep(models.Handover, IN_CITY_HALL, "city offered_by person state created_at", "=city__slug =person__username", "state")
