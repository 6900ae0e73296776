"""The walk along the first versions of posts that came with an archive, which one event holds for each batch."""

from django.db.models import QuerySet

from forum.events.chain import ANCHOR, link_hash
from forum.events.verifying.events import CHUNK
from forum.events.verifying.faults import ADDED, Broken
from forum.models import City, Event, Revision


def walk_imported(city: City) -> int:
    """Compare what came with archives with the hash of each batch and return the number of revisions.

    Raises Broken when a batch is not whole, or when a revision belongs to none.
    """
    batches = sorted(_batches(city).iterator(CHUNK), key=lambda event: event.data.get("first", 0))
    rows = Revision.objects.filter(number=1, post__thread__city=city, post__source_id__isnull=False)
    revisions = rows.order_by("pk").values_list("pk", "post_id", "chain_hash").iterator(CHUNK)
    count, waiting = 0, next(revisions, None)
    for batch in batches:
        folded = ""
        while waiting and waiting[0] <= batch.data.get("last", 0):
            if waiting[0] < batch.data.get("first", 0):
                raise _added(waiting)
            folded, count, waiting = link_hash(folded, [waiting[2]]), count + 1, next(revisions, None)
        if folded != batch.data.get(ANCHOR):
            words = f"of the {batch.data.get('posts')} texts it brought in some were altered, removed or added"
            raise Broken("event", f"no. {batch.position}", batch.pk, words)
    # What an import wrote since the batches were read has one by now.
    if waiting and not _batches(city).filter(data__first__lte=waiting[0], data__last__gte=waiting[0]).exists():
        raise _added(waiting)
    return count


def _batches(city: City) -> QuerySet[Event]:
    return Event.objects.filter(city=city, kind="city.batch_imported")


def _added(revision: tuple[int, int, str]) -> Broken:
    return Broken("revision", f"1 of post {revision[1]}", revision[0], ADDED)
