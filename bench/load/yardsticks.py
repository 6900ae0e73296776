"""What the pages are compared with: two views of Django without any middleware, under the very server of the site.

Y1 answers with the same page of 30 KB each time, compressed once at the start as the site compresses. Y2 reads 20 rows
of about 1 KB by an index through the ORM and renders them by a minimal template to about 30 KB, not compressed.
"""

import random
import string

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from forum.caching.coding import brotli_of

ROWS, PLACES, SIZE = 20, 50, 30_000


class Row(models.Model):
    """One of the rows of Y2."""

    place = models.IntegerField()
    author = models.CharField(max_length=60)
    words = models.TextField()

    objects: models.Manager["Row"] = models.Manager()

    class Meta:
        app_label = "bench"
        db_table = "bench_row"
        managed = False

    def __str__(self) -> str:
        return self.author


def fill() -> None:
    """Make the table of Y2: 20 rows for each of 50 places."""
    rng = random.Random(1)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_row")
        cursor.execute("CREATE TABLE bench_row (id bigint PRIMARY KEY, place integer, author varchar(60), words text)")
        cursor.execute("CREATE INDEX bench_row_place ON bench_row (place, id)")
    Row.objects.bulk_create(
        Row(pk=number, place=number // ROWS, author=f"somebody {number}", words=_words(rng, 1_000))
        for number in range(ROWS * PLACES)
    )


def _words(rng: random.Random, length: int) -> str:
    words: list[str] = []
    while sum(map(len, words)) + len(words) < length:
        words.append("".join(rng.choices(string.ascii_lowercase, k=rng.randint(2, 9))))
    return " ".join(words)


_AROUND = "".join(
    f'<a class="entry" href="/page/{number}/">{_words(random.Random(number), 60)}</a>\n' for number in range(88)
)
TEMPLATE = Engine().from_string(
    "<!DOCTYPE html><html><head><title>{{ title }}</title></head><body>"
    "{% for row in rows %}"
    "<article id='p{{ row.pk }}'><b>{{ row.author }}</b><p>{{ row.words }}</p></article>"
    "{% endfor %}"
    f"<nav>{_AROUND}</nav></body></html>"
)


def _page() -> bytes:
    rng = random.Random(2)
    rows = [Row(pk=number, author=f"somebody {number}", words=_words(rng, 1_000)) for number in range(ROWS)]
    return TEMPLATE.render(Context({"rows": rows, "title": "A page"})).encode()


PAGE = brotli_of(_page(), padding=1)


def constant(request: HttpRequest) -> HttpResponse:
    """Y1: the same bytes each time."""
    return HttpResponse(PAGE, headers={"Content-Encoding": "br"})


def rendered(request: HttpRequest, place: int) -> HttpResponse:
    """Y2: one query, one template."""
    rows = Row.objects.filter(place=place % PLACES).order_by("pk")[:ROWS]
    return HttpResponse(TEMPLATE.render(Context({"rows": rows, "title": "A page"})))


urlpatterns = [path("y1/", constant), path("y2/<int:place>/", rendered)]


def make() -> WSGIHandler:
    """Return the application: Django's handler with no middleware and these two addresses."""
    settings.MIDDLEWARE, settings.ROOT_URLCONF = [], "bench.load.yardsticks"
    return WSGIHandler()
