"""People, cities and boards of a generated site, and who lives where: made through the actions where they are few."""

import random
from datetime import timedelta

from django.db import connection

from accounts.models import User
from bench.site.plan import YEARS, Plan
from bench.site.telling import Place
from forum.actions.boards import create_board
from forum.actions.cities import found_city
from forum.actions.notices import post_notice
from forum.models import Board, Category, City, Membership

NAMES = "河 山 茶 書 雨 燈 橋 海 木 鐵 夜 星 Lantern Harbour Orchard Meadow".split()
KINDS = "城 鎮 港 坊 里 園 谷".split()
BOARDS = "General 茶館 舊書 Walking 工具 廚房 Music 城市 Questions".split()


def found(plan: Plan) -> None:
    """Make everybody, and all cities with their boards, notices and citizens; to be called in a transaction."""
    rng = random.Random(plan.seed + 1)
    start = plan.now - timedelta(days=365 * YEARS + 30)
    people = User.objects.bulk_create(
        (
            User(
                username=f"resident{number}",
                display_name=f"{rng.choice(NAMES)}{rng.choice('明文安平青遠')}{number}",
                password="!",  # nobody can sign in by one
                date_joined=start + (plan.now - start) * rng.random() ** 2,
            )
            for number in range(plan.people)
        ),
        2_000,
    )
    categories = list(Category.objects.filter(parent__isnull=False))
    for number in range(plan.cities):
        name = f"{NAMES[number % len(NAMES)]}{KINDS[number // len(NAMES) % len(KINDS)]}"
        mayor = people[number % len(people)]
        category = rng.choice(categories)
        city = found_city(by=mayor, name=name, slug=f"city-{number + 1}", category=category, at=start)
        for board in range(1, plan.board_cities.count(number)):
            create_board(city, by=mayor, name=BOARDS[board])
        post_notice(city, by=mayor, title="城規 The rules", body="讀過再寫。 Read before you write.", at=start)
        _settle(plan, city, people, rng, number)


def _settle(plan: Plan, city: City, people: list[User], rng: random.Random, number: int) -> None:
    """Let people live in a city: half of all in the largest, fewer in each next one."""
    count = max(12, int(len(people) * 0.5 / (number + 1) ** 0.8))
    mayor = people[number % len(people)]
    others = [one for one in rng.sample(people, min(count, len(people))) if one.pk != mayor.pk]
    Membership.objects.bulk_create(
        (
            Membership(
                city=city,
                user=one,
                role=Membership.Role.DEPUTY if place < 2 else Membership.Role.CITIZEN,
                joined_at=max(one.date_joined, city.created_at),
            )
            for place, one in enumerate(others)
        ),
        2_000,
    )
    City.objects.filter(pk=city.pk).update(citizens_count=len(others) + 1)


def places() -> list[Place]:
    """Return the cities in the order of the plan, as the writer wants them."""
    found = []
    for city in City.objects.select_related("chain").order_by("pk"):
        rows = Membership.objects.filter(city=city).order_by("-role", "pk").values_list("user", flat=True)
        found.append(Place(city.pk, list(rows), city.chain.length, city.chain.head))
    return found


def boards() -> list[int]:
    """Return the ids of the boards in the order of the plan."""
    return list(Board.objects.order_by("city", "pk").values_list("pk", flat=True))


def next_ids() -> dict[str, int]:
    """Return the next free id of each table that is filled."""
    tables = ("thread", "post", "revision", "recommendation", "event", "watch", "readmark")
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM forum_{table}")
            found[table] = cursor.fetchone()[0]
    return found
