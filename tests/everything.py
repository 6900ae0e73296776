"""Somebody who has done everything that one can do here, and everywhere spoke of a zeppelin."""

from datetime import timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.models import Invitation, KnownBrowser, User
from forum.actions.appeals import appeal_decision
from forum.actions.applications import apply_to_city
from forum.actions.candidacies import propose_candidate
from forum.actions.city_life import answer_roll, recommend_city, write_in_guestbook
from forum.actions.conversations import start_conversation
from forum.actions.digests import add_chapter, keep_in_new_digest, write_foreword
from forum.actions.drafts import save_draft
from forum.actions.elections import call_election
from forum.actions.memberships import join_city
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply, edit_post
from forum.actions.profiles import change_profile, set_picture
from forum.actions.recommendations import recommend_post
from forum.actions.reports import file_report
from forum.actions.searches import remember_search, save_search
from forum.actions.settling import settle_due
from forum.actions.threads import create_thread
from forum.models import (
    Archive,
    ArchivedAuthor,
    Attachment,
    Block,
    BoardMark,
    Claim,
    Event,
    Letter,
    MailSetting,
    Membership,
    MessageReport,
    Notice,
    Notification,
    Petition,
    Post,
    ReadMark,
    Signature,
    Suppression,
    Watch,
)
from tests.world import World, make_person

BEFORE, NAME, USERNAME, EMAIL = "Zoltan Before", "Zoltan 左坦", "zoltan.q", "zoltan.q@example.org"
WORDS = "zeppelin"  # stands in all that Zoltan writes


def somebody_who_did_everything(world: World) -> User:
    """Return Zoltan, of whom every table that can knows something. MEDIA_ROOT should be a folder of the test."""
    person = make_person(USERNAME, BEFORE)
    change_profile(person, by=person, display_name=NAME, about=f"I fly a {WORDS}.", signature=f"A {WORDS}!")
    person = set_picture(person, by=person, picture=WORDS.encode())
    User.objects.filter(pk=person.pk).update(folded_words=f"{WORDS}s of others")
    _sign_in(person)
    _belong(world, person)
    _write(world, person)
    _keep(world, person)
    _follow(world, person)
    return User.objects.get(pk=person.pk)


def _sign_in(person: User) -> None:
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    Authenticator.objects.create(user=person, type="totp", data={"secret": WORDS})
    SocialAccount.objects.create(user=person, provider="elsewhere", uid=USERNAME, extra_data={"name": NAME})
    UserSession.objects.create(user=person, ip="192.0.2.77", session_key=uuid4().hex, user_agent=f"{WORDS}/1.0")
    KnownBrowser.objects.create(user=person, mark=uuid4().hex, kind=WORDS, network="192.0.2.77")
    Invitation.objects.create(inviter=person, note=f"For my {WORDS}", expires_at=timezone.now())
    LogEntry.objects.create(
        user=person,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr=NAME,
        action_flag=CHANGE,
    )


def _belong(world: World, person: User) -> None:
    """Join cities; stand for an office, the vote on which goes on; be known from an archive."""
    join_city(world.stoneferry, by=person)
    recommend_city(world.stoneferry, by=person)
    apply_to_city(world.hilltop, by=person, statement=f"I have a {WORDS}.")
    now = timezone.now()
    Membership.objects.update(joined_at=now - timedelta(days=400))
    election = call_election(world.stoneferry, by=world.mei, office="deputy", seats=2, at=now - timedelta(days=8))
    for one, statement in ((person, f"The {WORDS} for all."), (world.cai, "")):
        propose_candidate(election, by=one, person=one, statement=statement, at=now - timedelta(days=7))
    settle_due(now)
    petition = {"words": f"More {WORDS}s.", "needed": 9, "ends_at": now + timedelta(days=30), "signatures_count": 1}
    asked = Petition.objects.create(city=world.stoneferry, office="mayor", author=person, **petition)
    Signature.objects.create(petition=asked, user=person)
    archive = Archive.objects.create(city=world.stoneferry, software="discourse")
    ArchivedAuthor.objects.create(archive=archive, source_name=USERNAME, email=EMAIL, user=person)
    Claim.objects.create(person=make_person("archived"), claimant=person, email=EMAIL, words=f"My {WORDS}.")
    Notice.objects.create(city=world.stoneferry, author=person, title="Mooring", renderer_version=1)


def _write(world: World, person: User) -> None:
    thread = create_thread(
        world.general,
        by=person,
        title=f"A {WORDS} over the bridge",
        body=f"Look, a {WORDS}!",
        poll={"question": f"Whose {WORDS}?", "options": ["Mine", f"My {WORDS}"], "method": "single"},
    )
    opener = thread.posts.get(number=1)
    words = {"title": f"Two {WORDS}s over the bridge", "body": f"Look, two {WORDS}s!", "reason": f"another {WORDS}"}
    edit_post(opener, by=person, base=1, **words)
    add_reply(world.thread, by=person, body=f"My {WORDS} crossed it.", source=f"{WORDS} weekly")
    add_reply(thread, by=world.cai, body="What a sight.")
    hidden = add_reply(world.thread, by=person, body=f"{WORDS} {WORDS}")
    hide_post(hidden, by=world.mei, reason="Rude")
    appeal_decision(Event.objects.get(kind="post.hidden"), by=person, words=f"A {WORDS} is not rude.")
    write_in_guestbook(world.stoneferry, by=person, body=f"By {WORDS}.")
    answer_roll(world.stoneferry, by=person)
    file_report(by=person, reason="spam", words=f"It is no {WORDS}.", post=world.opener)
    start_conversation(by=person, people=[world.rita], subject=f"My {WORDS}", body=f"Come and see my {WORDS}.")
    report = {"body": "Buy planks", "words": f"About my {WORDS}", "written_at": timezone.now()}
    MessageReport.objects.create(reporter=person, person=world.rita, reason="spam", **report)


def _keep(world: World, person: User) -> None:
    recommend_post(world.opener, by=person)
    seen = keep_in_new_digest(world.opener, by=person, title=f"{WORDS}s seen", is_public=True, note=f"From a {WORDS}.")
    write_foreword(seen.digest, by=person, body=f"Why I watch every *{WORDS}*.")
    add_chapter(seen.digest, by=person, title=f"The first {WORDS}", introduction=f"A *{WORDS}* came.")
    keep_in_new_digest(world.reply, by=person, title=f"Secret {WORDS}s", note=f"Not a {WORDS}.")
    keep_in_new_digest(Post.objects.get(author=person, thread=world.thread, number=3), by=world.cai, title="Airships")
    save_draft(world.thread, by=person, body=f"Another {WORDS}?")
    save_search(WORDS, by=person)
    remember_search(WORDS, by=person, scope="")
    name = f"{uuid4().hex}-30x20.png"
    Attachment.objects.create(owner=person, name=name, alt=f"A {WORDS}", width=30, height=20, bytes=99)


def _follow(world: World, person: User) -> None:
    Watch.objects.get_or_create(user=person, city=world.stoneferry)
    Block.objects.create(user=person, blocked=world.dan)
    ReadMark.objects.get_or_create(user=person, thread=world.thread, defaults={"number": 2})
    BoardMark.objects.get_or_create(user=person, board=world.general, defaults={"read_before": timezone.now()})
    MailSetting.objects.create(user=person, family="replies", rhythm="daily")
    Suppression.objects.create(user=person, address=EMAIL, reason="bounced", detail=f"no {WORDS} here")
    Letter.objects.create(user=person, rhythm="daily", about="today", due_at=timezone.now(), address=EMAIL)
    Notification.objects.get_or_create(
        user=person, event=Event.objects.filter(kind="post.created").first(), defaults={"kind": "reply"}
    )
