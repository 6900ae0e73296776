"""The time zones that one chooses from."""

from zoneinfo import available_timezones

import pytest
import time_machine
from django.utils import translation

from accounts.zones import PLACES, zone_choices, zone_name


def test_every_zone_exists_and_has_both_names() -> None:
    assert PLACES.keys() <= available_timezones()
    assert all(chinese and english for chinese, english in PLACES.values())


@pytest.mark.parametrize(
    ("zone", "language", "name"),
    [
        ("Asia/Taipei", "zh-hant", "UTC+8 臺北"),
        ("Asia/Taipei", "zh-hans", "UTC+8 台北"),
        ("Asia/Dubai", "zh-hans", "UTC+4 迪拜"),
        ("Asia/Taipei", "en", "UTC+8 Taipei"),
        ("Asia/Kathmandu", "en", "UTC+5:45 Kathmandu"),
        ("America/New_York", "en", "UTC−4 New York"),
        ("America/St_Johns", "en", "UTC−2:30 St. John’s"),
        ("UTC", "zh-hant", "UTC+0 世界時間"),
        ("Asia/Vientiane", "en", "UTC+7 Asia/Vientiane"),
    ],
)
def test_a_zone_is_called_by_its_place(zone: str, language: str, name: str) -> None:
    with time_machine.travel("2026-07-01T12:00:00Z"), translation.override(language):
        assert zone_name(zone) == name


def test_a_zone_that_somebody_has_stays_among_the_choices() -> None:
    zones = [zone for zone, _name in zone_choices("Asia/Vientiane", "")]
    assert "Asia/Vientiane" in zones
    assert zones.index("Pacific/Honolulu") < zones.index("Asia/Vientiane") < zones.index("Pacific/Auckland")
