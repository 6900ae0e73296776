"""Who someone is, as it is stored: the person, the browsers they use, whom they invited."""

from accounts.models.browsers import KnownBrowser
from accounts.models.invitations import Invitation
from accounts.models.users import User, display_name, today, validate_time_zone

__all__ = ["Invitation", "KnownBrowser", "User", "display_name", "today", "validate_time_zone"]
