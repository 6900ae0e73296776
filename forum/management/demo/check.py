"""What must hold in the demo world, so that the actions accept it when it is seeded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from forum.management.demo.shapes import City, Post, Report, Thread, World

SIGN_INS = {"mayor", "deputy", "citizen", "reader"}
ACTS = {"pin", "unpin", "lock", "unlock", "feature", "unfeature", "hide", "restore", "move"}


def check(world: World) -> None:
    """Raise ValueError with every contradiction in the world, one a line."""
    problems = list(_problems(world))
    if problems:
        raise ValueError("\n".join(problems))


def _problems(world: World) -> Iterator[str]:
    usernames = [person.username for person in world.people]
    if len(set(usernames)) != len(usernames):
        yield "a username occurs twice"
    if missing := SIGN_INS - set(usernames):
        yield f"sign-ins are missing: {missing}"
    ages = {person.username: person.ago for person in world.people}
    threads = {}
    for city in world.cities:
        threads.update({(city.slug, thread.key): thread for thread in city.threads})
        yield from (f"{city.slug}: {problem}" for problem in _city(city, ages))
    for digest in world.digests:
        for entry in digest.entries:
            thread = threads.get((entry.city, entry.thread))
            if thread is None or not 0 < entry.post <= len(thread.posts):
                yield f"digest {digest.slug}: no post {entry.city}/{entry.thread}/{entry.post}"
            elif entry.ago > thread.posts[entry.post - 1].ago or entry.ago > digest.ago:
                yield f"digest {digest.slug}: {entry.thread}/{entry.post} was kept before it was there"
            elif entry.revision not in {
                0,
                1 + sum(edit.ago > entry.ago for edit in thread.posts[entry.post - 1].edits),
            }:
                yield f"digest {digest.slug}: {entry.thread}/{entry.post} is not at revision {entry.revision} then"


def _city(city: City, ages: dict[str, timedelta]) -> Iterator[str]:
    boards = [board.slug for board in city.boards]
    if [board.default for board in city.boards].count(True) != 1:
        yield "exactly one board is the default"
    joined = {citizen.username: citizen.ago for citizen in city.citizens}
    for citizen in city.citizens:
        if citizen.ago > min(ages[citizen.username], city.ago):
            yield f"{citizen.username} joined before the city or the account was there"
    officers = {city.mayor} | {office.username for office in city.offices}
    if unknown := {one.username for one in city.applications} - set(ages):
        yield f"unknown applicants {unknown}"
    titles = [thread.title for thread in city.threads]
    if len(set(titles)) != len(titles):
        yield "two threads have the same title"
    for thread in city.threads:
        if thread.board not in boards:
            yield f"{thread.key}: no board {thread.board}"
        yield from (f"{thread.key}: {problem}" for problem in _thread(thread, boards, joined, officers, ages))
    for report in city.reports:
        yield from (f"a report by {report.by}: {problem}" for problem in _report(report, city, ages))


def _report(report: Report, city: City, ages: dict[str, timedelta]) -> Iterator[str]:
    if not {report.by, report.person or report.by} <= ages.keys():
        yield "somebody has no account"
    posts = next((thread.posts for thread in city.threads if thread.key == report.thread), ())
    if bool(posts) == bool(report.person) or (report.post or 0) > len(posts):
        yield "is about nothing, or about two things"
    elif posts and posts[(report.post or 1) - 1].ago < report.ago:
        yield "comes before the post"


def _thread(
    thread: Thread, boards: list[str], joined: dict[str, timedelta], officers: set[str], ages: dict[str, timedelta]
) -> Iterator[str]:
    for post in thread.posts:
        yield from (f"post {post.number}: {problem}" for problem in _post(post, joined, ages))
    for act in thread.acts:
        if act.do not in ACTS:
            yield f"nobody can {act.do}"
        if act.by not in officers:
            yield f"{act.by} holds no office and cannot {act.do}"
        if not act.why:
            yield f"{act.do} needs a reason"
        if act.ago > thread.posts[0].ago or (act.post and act.ago > thread.posts[act.post - 1].ago):
            yield f"{act.do} comes before the post"
        if act.do == "move" and (act.to not in boards or act.to == thread.board):
            yield f"cannot move from {thread.board} to {act.to}"
    lock = next((act for act in reversed(thread.acts) if act.do in {"lock", "unlock"}), None)
    if lock and lock.do == "lock" and thread.posts[-1].ago < lock.ago:
        yield "somebody posts after the thread is locked"


def _post(post: Post, joined: dict[str, timedelta], ages: dict[str, timedelta]) -> Iterator[str]:
    if not post.body:
        yield "is empty"
    if joined.get(post.by, timedelta()) < post.ago:
        yield f"{post.by} is not a citizen at that time ({post.ago.days} days ago)"
    if post.to is not None and not 0 < post.to < post.number:
        yield f"answers post {post.to}"
    if any(len(edit.why) > 200 for edit in post.edits):
        yield "the reason of an edit is longer than 200 characters"
    named = [one.username for one in post.recommendations]
    if len(set(named)) != len(named):
        yield "somebody recommends twice"
    for one in post.recommendations:
        if one.ago > ages.get(one.username, timedelta()):
            yield f"{one.username} recommends it without an account"
