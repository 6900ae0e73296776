"""Each list of the administration opens, asks as much with fifty rows as with one, and offers no change."""

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from forum import models
from forum.actions.searches import save_search
from forum.admin import site
from forum.admin.kept import Kept
from tests.admin.clones import another
from tests.clients import text_of
from tests.permissions.places import Places
from tests.world import World, make_person


@pytest.fixture
def root(db: None) -> Client:
    client = Client()
    client.force_login(make_person("root", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def full(world: World) -> World:
    """The world of the table, and one row of each kind that it does not hold."""
    Places(world)
    city, cai = world.stoneferry, world.cai
    models.RecentSearch.objects.create(user=cai, query="bridge")
    models.FormerNumber.objects.create(thread=world.thread, number=90, post=world.reply)
    models.Ballot.objects.create(poll=models.Poll.objects.earliest("pk"), number=1, receipt="r", choices=[0])
    models.RollCall.objects.create(city=city, user=cai, day="2026-01-01")
    models.CityRecommendation.objects.create(city=city, user=cai)
    models.Recommendation.objects.create(post=world.reply, user=cai, revision=world.reply.revisions.first())
    models.Rules.objects.get_or_create(city=city)
    models.Watch.objects.get_or_create(user=cai, thread=world.thread, defaults={"level": "all"})
    archive = models.Archive.objects.first() or models.Archive.objects.create(city=city, software="discourse")
    models.ArchivedAuthor.objects.create(archive=archive, source_name="old", user=cai)
    EmailAddress.objects.create(user=cai, email="cai@example.org")
    Group.objects.create(name="Helpers")
    LogEntry.objects.create(user=cai, object_repr="Something", action_flag=CHANGE)
    models.Mention.objects.create(user=cai, post=world.reply)
    models.Block.objects.create(user=cai, blocked=world.stan)
    models.ReadMark.objects.create(user=cai, thread=world.thread, number=1)
    models.BoardMark.objects.create(user=cai, board=world.general, read_before=world.thread.created_at)
    models.MailSetting.objects.create(user=cai, family="replies", rhythm="daily")
    models.Letter.objects.create(user=cai, rhythm="daily", about="2026-01-01", due_at=world.thread.created_at)
    models.Suppression.objects.create(user=cai, address="cai@example.org", reason="bounced")
    models.Publication.objects.create(thread=world.thread, format="pdf", content="0" * 64, asked_by=cai)
    save_search("planks", by=cai)
    return world


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return len(asked)


def test_lists_ask_no_more_with_fifty_rows_than_with_one_and_every_row_opens(full: World, root: Client) -> None:
    growing, empty = {}, []
    for model in site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        address, row = reverse(f"admin:{name}_changelist"), model._base_manager.order_by("-pk").first()
        if row is None:
            empty.append(name)
            continue
        few = _queries(root, f"{address}?pk={row.pk}")
        for _row in range(49):
            another(row)
        many = _queries(root, address)
        if many > few:
            growing[name] = (few, many)
        opened = root.get(reverse(f"admin:{name}_change", args=[row.pk])).status_code
        assert opened == (403 if getattr(site._registry[model], "is_own", False) else 200), name
    assert (growing, empty) == ({}, [])


def test_every_table_is_shown_and_what_actions_do_is_only_shown(db: None) -> None:
    shown = {model._meta.label for model in site._registry}
    assert {model._meta.label for model in apps.get_app_config("forum").get_models()} <= shown
    changed = {model for model, room in site._registry.items() if not isinstance(room, Kept)}
    assert changed == {User, Group}


def test_what_is_kept_is_not_added_changed_or_deleted_and_says_where_one_acts(full: World, root: Client) -> None:
    thread = f"/admin/forum/thread/{full.thread.pk}"
    page = text_of(root.get(f"{thread}/change/"))
    assert "in the thread itself" in page
    assert "Save and continue" not in page
    assert root.post(f"{thread}/change/", {"title": "Mine"}).status_code == 403
    assert root.post(f"{thread}/delete/", {"post": "yes"}).status_code == 403
    assert root.get("/admin/forum/thread/add/").status_code == 403


def test_what_is_private_to_a_person_is_not_shown(full: World, root: Client) -> None:
    draft = models.Draft.objects.get(body="Not sent yet.")
    assert root.get(f"/admin/forum/draft/{draft.pk}/change/").status_code == 403
    for name in ("draft", "savedsearch", "digest", "digestentry", "block", "readmark", "boardmark"):
        page = text_of(root.get(f"/admin/forum/{name}/"))
        assert "Cai" in page or "蔡渡" in page
        for words in ("Not sent yet.", "planks", "Bridges", "Short and good.", "Stan", "General"):
            assert words not in page


def test_search_and_filters_find(full: World, root: Client) -> None:
    page = text_of(root.get("/admin/forum/thread/?q=stoneferry&is_locked__exact=0"))
    assert "The bridge" in page
    assert "The bridge" not in text_of(root.get("/admin/forum/thread/?q=hilltop"))


def test_naming_a_moderator_stands_in_the_public_log(world: World, root: Client) -> None:
    address = f"/admin/accounts/user/{world.rita.pk}/change/"
    answer = root.post(address, {"is_active": "on", "is_staff": "on"})
    assert answer.status_code == 302
    world.rita.refresh_from_db()
    assert world.rita.is_staff
    assert models.Event.objects.get(kind="moderator.named").person == world.rita
    assert "Root" in text_of(root.get("/log/"))
