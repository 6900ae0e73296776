"""Examples of the search language, as the help shows them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The English example, the Chinese one, what it finds.
_EXAMPLES: tuple[tuple[str, str, Promise], ...] = (
    ("bridge ferry", "橋 渡口", _("posts with both words")),
    ('"three planks"', "「三塊板」", _("exactly these words, side by side")),
    ("bridge OR ferry", "橋 或 渡口", _("posts with one of the words")),
    ("bridge -ferry", "橋 -渡口", _("posts with the first word and without the second")),
    ("title:bridge", "標題:橋", _("threads with the word in the title; in:title does so for all words")),
    ("bridge author:mei", "橋 作者:mei", _("posts of one person, by sign-in name or display name")),
    ("bridge city:stoneferry", "橋 城市:石渡", _("posts in one city; board: does the same for a board")),
    (
        "bridge after:2024 before:2024-06",
        "橋 之後:2024 之前:2024-06",
        _("posts from the first day on, before the second"),
    ),
    ("has:image", "含:圖片", _("posts with an image; also has:link and has:code")),
    ("is:featured", "是:精華", _("posts in featured threads; also is:pinned, is:locked and is:opener")),
    ("recommended:>10", "推薦:>10", _("posts recommended more than ten times")),
)


def examples(*, in_chinese: bool) -> list[tuple[str, str]]:
    """Return example and meaning of all parts of the language."""
    return [(chinese if in_chinese else english, str(meaning)) for english, chinese, meaning in _EXAMPLES]
