"""When letters are due: soon, tomorrow morning, or on Sunday morning, by the clock of the reader."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from forum.models import Rhythm

GATHERS = timedelta(minutes=1)  # what comes within it goes out together, and what is read meanwhile not at all
HOUR = time(7)  # of bulletins
SUNDAY = 6


def due(rhythm: Rhythm, zone: str, now: datetime) -> datetime:
    """Return when a letter in the rhythm goes out that begins to gather now."""
    if rhythm == Rhythm.ONCE:
        return now + GATHERS
    here = now.astimezone(ZoneInfo(zone))
    day = here.date() if here.time() < HOUR else here.date() + timedelta(days=1)
    if rhythm == Rhythm.WEEKLY:
        day += timedelta(days=(SUNDAY - day.weekday()) % 7)
    return datetime.combine(day, HOUR, here.tzinfo)


def day_of(due_at: datetime, zone: str) -> date:
    """Return the reader's day on which a bulletin comes."""
    return due_at.astimezone(ZoneInfo(zone)).date()


def bulletin_day(about: str) -> date:
    """Return the day of a bulletin, which is what its letter is about."""
    return date.fromisoformat(about)


def span(rhythm: str, day: date, zone: str) -> tuple[datetime, datetime]:
    """Return from when until when the bulletin of a day tells."""
    until = datetime.combine(day, HOUR, ZoneInfo(zone))
    return until - (timedelta(days=7) if rhythm == Rhythm.WEEKLY else timedelta(days=1)), until
