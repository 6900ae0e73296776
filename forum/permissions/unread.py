"""The number of unread notifications of what a person may still see, in plain SQL.

It comes with the person's standing and costs no query. `visible_notifications` says the same in Django's words; a test
holds one against the other.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from accounts.models import User

COUNTED: Final = 100  # whoever has more unread is told "99+"
OF_OFFICERS: Final = ("applied", "reported", "appealed")  # kinds that only those hear of who still decide

# Whoever is banned holds no office and no citizenship: those rows of forum_membership do not count.
UNREAD: Final = f"""
SELECT NULL, 'unread', CAST(count(*) AS varchar), NULL, '' FROM (
  SELECT 1 FROM forum_notification n
  JOIN forum_event e ON e.id = n.event_id
  LEFT JOIN forum_thread t ON t.id = n.thread_id
  LEFT JOIN forum_city c ON c.id = t.city_id
  LEFT JOIN forum_post p ON p.id = e.post_id
  LEFT JOIN forum_membership m ON m.user_id = n.user_id AND m.city_id = COALESCE(t.city_id, e.city_id)
    AND NOT EXISTS (
      SELECT 1 FROM forum_sanction s WHERE s.person_id = n.user_id AND s.city_id = m.city_id AND s.kind = 'ban'
      AND s.lifted_at IS NULL AND (s.ends_at IS NULL OR s.ends_at > %s)
    )
  WHERE n.user_id = %s AND n.read_at IS NULL AND t.merged_into_id IS NULL AND (%s OR (
    (t.id IS NULL OR c.visibility = 'public' OR m.id IS NOT NULL)
    AND (t.id IS NULL OR NOT t.is_hidden OR t.author_id = n.user_id OR m.role IN ('deputy', 'mayor'))
    AND (p.id IS NULL OR NOT p.is_hidden OR p.author_id = n.user_id OR m.role IN ('deputy', 'mayor'))
    AND (n.kind NOT IN {OF_OFFICERS} OR m.role IN ('deputy', 'mayor'))
  )) LIMIT {COUNTED}
) unread
"""


def values_of_unread(user: "User", now: datetime | str | None) -> list[Any]:
    """Return the values that stand in the statement for a person."""
    return [now, user.pk, user.is_staff]
