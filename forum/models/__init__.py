"""Storage: one noun a file; fields, constraints, scopes and properties of own columns."""

from forum.models.appeals import Appeal
from forum.models.archives import Archive, ArchivedAuthor
from forum.models.attachments import Attachment, Placing
from forum.models.blocks import Block
from forum.models.boards import Board
from forum.models.chains import Chain
from forum.models.cities import Category, City
from forum.models.city_life import CityRecommendation, GuestbookEntry, RollCall
from forum.models.claims import Claim
from forum.models.conversations import Conversation, Participant
from forum.models.deliveries import Delivery
from forum.models.digests import Digest, DigestChapter, DigestEntry
from forum.models.drafts import Draft
from forum.models.elections import Candidacy, Election, Handover, Petition, Signature
from forum.models.events import Event
from forum.models.holds import Hold
from forum.models.letters import Letter, Rhythm
from forum.models.mail_settings import MailSetting, Suppression
from forum.models.marks import BoardMark, ReadMark
from forum.models.memberships import Application, Grant, Membership
from forum.models.mentions import Mention
from forum.models.messages import Message, MessageReport
from forum.models.notices import Notice
from forum.models.notifications import Notification
from forum.models.numbers import FormerNumber
from forum.models.polls import Ballot, Option, Poll, Voter
from forum.models.posts import Post
from forum.models.publications import Publication
from forum.models.recommendations import Recommendation
from forum.models.reports import Case, Report
from forum.models.revisions import Revision
from forum.models.rules import Rules
from forum.models.sanctions import Sanction
from forum.models.searches import RecentSearch, SavedSearch
from forum.models.threads import Thread
from forum.models.watches import Watch

__all__ = [
    "Appeal",
    "Application",
    "Archive",
    "ArchivedAuthor",
    "Attachment",
    "Ballot",
    "Block",
    "Board",
    "BoardMark",
    "Candidacy",
    "Case",
    "Category",
    "Chain",
    "City",
    "CityRecommendation",
    "Claim",
    "Conversation",
    "Delivery",
    "Digest",
    "DigestChapter",
    "DigestEntry",
    "Draft",
    "Election",
    "Event",
    "FormerNumber",
    "Grant",
    "GuestbookEntry",
    "Handover",
    "Hold",
    "Letter",
    "MailSetting",
    "Membership",
    "Mention",
    "Message",
    "MessageReport",
    "Notice",
    "Notification",
    "Option",
    "Participant",
    "Petition",
    "Placing",
    "Poll",
    "Post",
    "Publication",
    "ReadMark",
    "RecentSearch",
    "Recommendation",
    "Report",
    "Revision",
    "Rhythm",
    "RollCall",
    "Rules",
    "Sanction",
    "SavedSearch",
    "Signature",
    "Suppression",
    "Thread",
    "Voter",
    "Watch",
]
