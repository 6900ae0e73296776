"""What the administration shows of what is a person's own, of archives, and of what was done in it."""

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry

from accounts.models import Invitation, KnownBrowser
from forum import models
from forum.admin.kept import BY_ITSELF, BY_OWNER, IN_SITE_HALL, keep

# What is a person's own
keep(models.Draft, BY_OWNER, "user kind changed_at", "=user__username", "kind", is_own=True)
keep(models.Conversation, BY_OWNER, "id starter created_at", "=id =starter__username", is_own=True)
keep(models.Participant, BY_OWNER, "user conversation joined_at left_at", "=user__username", is_own=True)
keep(models.Message, BY_OWNER, "author conversation created_at", "=author__username", is_own=True)
keep(models.MessageReport, IN_SITE_HALL, "person reporter reason state created_at", "=person__username", "state")
keep(models.SavedSearch, BY_OWNER, "user created_at", "=user__username", is_own=True)
keep(models.RecentSearch, BY_OWNER, "user searched_at", "=user__username", is_own=True)
keep(
    models.Publication,
    BY_OWNER,
    "id format is_vertical state asked_by size asked_at finished_at",
    "=asked_by__username",
    "format state",
    is_own=True,
)
keep(models.Digest, BY_OWNER, "owner is_public entries_count created_at", "=owner__username", "is_public", is_own=True)
keep(
    models.DigestChapter,
    BY_OWNER,
    "digest__owner created_at",
    "=digest__owner__username",
    is_own=True,
    beside=("digest__owner",),
)
keep(
    models.DigestEntry,
    BY_OWNER,
    "digest__owner created_at",
    "=digest__owner__username",
    is_own=True,
    beside=("digest__owner",),
)
keep(models.Attachment, BY_OWNER, "owner name bytes created_at", "=owner__username =name", is_own=True)
keep(models.Placing, BY_ITSELF, "attachment", "=attachment__name", is_own=True)
keep(models.Watch, BY_OWNER, "user level created_at", "=user__username", "level", is_own=True)
keep(models.Mention, BY_ITSELF, "user post created_at", "=user__username =post__id", beside=("post__thread",))
keep(models.Block, BY_OWNER, "user created_at", "=user__username", is_own=True)
keep(models.ReadMark, BY_OWNER, "user", "=user__username", is_own=True)
keep(models.BoardMark, BY_OWNER, "user read_before", "=user__username", is_own=True)
keep(models.Notification, BY_OWNER, "user kind read_at created_at", "=user__username", "kind", is_own=True)
keep(models.MailSetting, BY_OWNER, "user family rhythm", "=user__username", "family rhythm")
keep(
    models.Letter,
    BY_ITSELF,
    "user rhythm family state attempts due_at sent_at problem",
    "=user__username",
    "state rhythm",
    secret=("claim",),
)
keep(models.Suppression, BY_OWNER, "user address reason failures stopped_at", "=user__username =address", "reason")
keep(EmailAddress, BY_OWNER, "email user verified primary", "email =user__username", "verified")

keep(Invitation, BY_OWNER, "inviter created_at expires_at used_at used_by", "=inviter__username =used_by__username")
keep(KnownBrowser, BY_OWNER, "user kind network last_seen_at", "=user__username", secret=("mark",))

# What came from elsewhere, and what was done here
keep(models.Delivery, BY_ITSELF, "event reached due_at", "=event__kind")
keep(
    models.Claim,
    IN_SITE_HALL,
    "person email state created_at decided_by",
    "=person__username email",
    "state",
    date_hierarchy="created_at",
)
keep(models.Archive, BY_ITSELF, "software city created_at", "=city__slug")
keep(
    models.ArchivedAuthor,
    BY_ITSELF,
    "source_name archive user",
    "source_name =user__username",
    beside=("archive__city",),
)
keep(
    LogEntry,
    BY_ITSELF,
    "action_time user content_type object_repr action_flag",
    "=user__username object_repr",
    "action_flag",
    date_hierarchy="action_time",
)
