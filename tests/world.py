"""One small named world of people and places, used by all tests.

Stoneferry 石渡 (slug `stoneferry`): open to join, citizens write. Mayor Mei, deputy Dan, citizens Cai and Coco.
Hilltop (slug `hilltop`): joins by application; its mayor Stan is the stranger mayor.
Rita is a member of the site and a citizen of nothing; Ada moderates the site.
Stoneferry has the boards General (default, slug `general`) and Letters (slug `letters`); on General stands the
thread "The bridge" by Cai with a reply by Coco (post 2).
"""

from dataclasses import dataclass, field

from accounts.models import User
from forum.actions.boards import create_board
from forum.actions.cities import found_city
from forum.actions.memberships import join_city, name_deputy
from forum.actions.posts import add_reply
from forum.actions.threads import create_thread
from forum.models import Board, Category, City, Post, Thread

PASSWORD = "correct-horse-battery"


@dataclass
class World:
    """The people and places; attributes are filled by `build_world`."""

    mei: User = field(init=False)
    dan: User = field(init=False)
    cai: User = field(init=False)
    coco: User = field(init=False)
    stan: User = field(init=False)
    rita: User = field(init=False)
    ada: User = field(init=False)
    category: Category = field(init=False)
    stoneferry: City = field(init=False)
    hilltop: City = field(init=False)
    general: Board = field(init=False)
    letters: Board = field(init=False)
    thread: Thread = field(init=False)
    opener: Post = field(init=False)
    reply: Post = field(init=False)

    def person(self, role: str) -> User | None:
        """Return the person who stands for a role towards Stoneferry (None for a visitor)."""
        return {
            "visitor": None,
            "member": self.rita,
            "citizen": self.coco,
            "author": self.cai,
            "deputy": self.dan,
            "mayor": self.mei,
            "stranger mayor": self.stan,
            "moderator": self.ada,
        }[role]


ROLES = ("visitor", "member", "citizen", "author", "deputy", "mayor", "stranger mayor", "moderator")


def make_person(username: str, display_name: str = "", **fields: object) -> User:
    """Return a new person; the password is PASSWORD, hashed fast by the test settings."""
    return User.objects.create_user(
        username, f"{username}@example.org", PASSWORD, display_name=display_name or username.title(), **fields
    )


def build_world() -> World:
    """Build the world through the actions and return it."""
    world = World()
    names = {"mei": "梅市長", "dan": "Dan", "cai": "蔡渡", "coco": "Coco", "stan": "Stan", "rita": "Rita", "ada": "Ada"}
    for username, name in names.items():
        setattr(world, username, make_person(username, name, is_staff=username == "ada"))
    upper, _made = Category.objects.get_or_create(
        slug="literature", defaults={"name_zh": "文學", "name_en": "Literature"}
    )
    world.category, _made = Category.objects.get_or_create(
        slug="reading", defaults={"parent": upper, "name_zh": "閱讀", "name_en": "Reading"}
    )
    world.stoneferry = found_city(by=world.mei, name="石渡", slug="stoneferry", category=world.category)
    world.hilltop = found_city(by=world.stan, name="Hilltop", category=world.category, joining=City.Joining.APPLICATION)
    for person in (world.dan, world.cai, world.coco):
        join_city(world.stoneferry, by=person)
    name_deputy(world.stoneferry, by=world.mei, person=world.dan)
    world.general = Board.objects.get(city=world.stoneferry, is_default=True)
    Board.objects.filter(pk=world.general.pk).update(name="General", slug="general")
    world.general.refresh_from_db()
    world.letters = create_board(world.stoneferry, by=world.mei, name="Letters")
    world.thread = create_thread(world.general, by=world.cai, title="The bridge 橋", body="三塊板的橋。Three planks.")
    world.opener = world.thread.posts.get(number=1)
    world.reply = add_reply(world.thread, by=world.coco, body="I crossed it. 我走過。", to=1)
    world.thread.refresh_from_db()
    return world
