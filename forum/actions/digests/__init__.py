"""Making digests, keeping posts in them, and making a book of them: chapters, a foreword, an order."""

from forum.actions.digests.chapters import add_chapter, change_chapter, remove_chapter
from forum.actions.digests.keeping import annotate_entry, keep_in_new_digest, keep_post, remove_entry
from forum.actions.digests.making import change_digest, create_digest, delete_digest, write_foreword
from forum.actions.digests.ordering import arrange_digest, move_chapter, move_entry, place_entry

__all__ = [
    "add_chapter",
    "annotate_entry",
    "arrange_digest",
    "change_chapter",
    "change_digest",
    "create_digest",
    "delete_digest",
    "keep_in_new_digest",
    "keep_post",
    "move_chapter",
    "move_entry",
    "place_entry",
    "remove_chapter",
    "remove_entry",
    "write_foreword",
]
