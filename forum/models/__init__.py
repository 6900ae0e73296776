"""Storage: one noun a file; fields, constraints, scopes and properties of own columns."""

from forum.models.archives import Archive, ArchivedAuthor
from forum.models.boards import Board
from forum.models.cities import Category, City
from forum.models.digests import Digest, DigestEntry
from forum.models.drafts import Draft
from forum.models.events import Event
from forum.models.memberships import Application, Membership
from forum.models.notices import Notice
from forum.models.notifications import Notification
from forum.models.posts import Post
from forum.models.recommendations import Recommendation
from forum.models.revisions import Revision
from forum.models.threads import Thread
from forum.models.watches import Watch

__all__ = [
    "Application",
    "Archive",
    "ArchivedAuthor",
    "Board",
    "Category",
    "City",
    "Digest",
    "DigestEntry",
    "Draft",
    "Event",
    "Membership",
    "Notice",
    "Notification",
    "Post",
    "Recommendation",
    "Revision",
    "Thread",
    "Watch",
]
