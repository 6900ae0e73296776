"""Addresses in imported posts."""

import pytest

from forum.transfer.addresses import Addresses, host_in


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/t/high-water/5", "/t/high-water/5"),
        ("/t/high-water/5/12", "/t/high-water/5/12"),
        ("https://forum.example/t/high-water/5?u=heron", "/t/high-water/5"),
        ("//forum.example/t/high-water/5/", "/t/high-water/5"),
        ("https://FORUM.example/t/5/12", "/t/-/5/12"),
        ("/t/5", "/t/-/5"),
        ("/t/-/9/2", "/t/low-water/9/2"),
        ("/u/heron", "/u/heron-2/"),
        ("https://forum.example/users/heron/activity", "/u/heron-2/"),
        ("/uploads/a.png?x=1", "https://forum.example/uploads/a.png?x=1"),
        ("/c/rivers", "https://forum.example/c/rivers"),
        ("https://elsewhere.example/t/high-water/5", "https://elsewhere.example/t/high-water/5"),
        ("mailto:heron@forum.example", "mailto:heron@forum.example"),
        ("#below", "#below"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_address_leads_where_the_thing_is_now(old: str, new: str) -> None:
    addresses = Addresses("forum.example", lambda name: f"{name}-2")
    addresses.within(9, "low-water")
    assert addresses(old) == new


def test_without_a_host_what_is_elsewhere_stays_as_it_was() -> None:
    addresses = Addresses("", lambda name: name)
    assert addresses("/uploads/a.png") == "/uploads/a.png"
    assert addresses("https://forum.example/t/a/5") == "https://forum.example/t/a/5"


def test_host_is_read_from_the_pictures_of_people() -> None:
    assert host_in(b'{"avatar_template":"/user_avatar/Forum.example/heron/{size}/1_2.png"}') == "forum.example"
    assert host_in(b"{}") == ""
