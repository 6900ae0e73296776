"""The operators of the search language in English and Chinese, their values, and the help when one is wrong."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Each operator: its names; the first is written in English, the second in Chinese.
OPERATORS: dict[str, tuple[str, ...]] = {
    "author": ("author", "作者", "by", "user"),
    "city": ("city", "城市"),
    "board": ("board", "討論區", "讨论区", "版"),
    "title": ("title", "標題", "标题", "intitle", "標題內", "标题内"),
    "in": ("in", "在"),
    "before": ("before", "之前", "早於", "早于"),
    "after": ("after", "之後", "之后", "晚於", "晚于", "since"),
    "has": ("has", "含", "有"),
    "is": ("is", "是"),
    "recommended": ("recommended", "推薦", "推荐"),
}
HAS: dict[str, tuple[str, ...]] = {
    "image": ("image", "圖片", "图片", "圖", "图", "images", "picture"),
    "link": ("link", "連結", "链接", "鏈接", "links"),
    "code": ("code", "程式碼", "程序碼", "代碼", "代码"),
}
IS: dict[str, tuple[str, ...]] = {
    "featured": ("featured", "精華", "精华"),
    "pinned": ("pinned", "置頂", "置顶"),
    "locked": ("locked", "鎖定", "锁定", "已鎖定", "已锁定"),
    "opener": ("opener", "首篇", "主文", "thread"),
}

_MESSAGES: dict[str, Promise] = {
    "author": _("author: needs a name, like author:mei"),
    "city": _("city: needs the name or address of a city, like city:stoneferry"),
    "board": _("board: needs the name of a board, like board:letters"),
    "title": _("title: needs a word, like title:bridge"),
    "in": _("in:title looks for words in titles: write a word beside it, or title:bridge"),
    "before": _("before: needs a date like 2024-05-01, 2024-05 or 2024"),
    "after": _("after: needs a date like 2024-05-01, 2024-05 or 2024"),
    "has": _("has: knows image, link and code"),
    "is": _("is: knows featured, pinned, locked and opener"),
    "recommended": _("recommended: needs a number, like recommended:>10"),
    "not": _("This filter cannot be turned round by a minus sign: %(value)s"),
    "or": _("OR joins words. A filter holds for the whole search."),
    "bracket": _("Brackets join words. A filter holds for the whole search."),
    "quote": _("A quotation mark is not closed; the words after it were looked for one by one."),
    "words": _("Only the first %(value)s words are looked for."),
    "long": _("Only the first %(value)s characters are read."),
}

_OPERATOR_NAMES = {name: operator for operator, names in OPERATORS.items() for name in names}
_HAS_NAMES = {name: value for value, names in HAS.items() for name in names}
_IS_NAMES = {name: value for value, names in IS.items() for name in names}
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_NUMBER = re.compile(r"(>=|<=|[><=≥≤])?(\d{1,9})|(\d{1,9})\.\.(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a query that was not understood; `message` is a sentence of help in the reader's language."""

    kind: str
    value: str = ""

    @property
    def message(self) -> str:
        """The help."""
        return str(_MESSAGES[self.kind]) % {"value": self.value}


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`, both meant as well; without end on a side that is None."""

    low: int | None = None
    high: int | None = None

    def __bool__(self) -> bool:
        return self != Range()

    def __or__(self, other: "Range") -> "Range":
        """Return the range of both conditions together."""
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        return Range(max(lows, default=None), min(highs, default=None))


ANY_NUMBER = Range()


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter as read: the field of Filters it adds to, and what it adds."""

    name: str
    value: tuple[str, ...] | frozenset[str] | date | Range


def operator_called(name: str) -> str:
    """Return the operator that goes by this name in either language, "" if there is none."""
    return _OPERATOR_NAMES.get(name.casefold(), "")


def clean_name(text: str) -> str:
    """Return the name of a person or place without the spaces around it and the @ before it."""
    return " ".join(text.split()).lstrip("@ ")


def read_filter(operator: str, text: str, *, is_not: bool = False) -> Filter | Problem | None:
    """Return the filter that operator and value say, a Problem when they say none; None for in:title.

    `is_not` is the minus sign before it.
    """
    value = clean_name(text)
    if operator == "in":
        return None if value.casefold() in OPERATORS["title"] and not is_not else Problem("in")
    if operator in ("author", "city", "board"):
        return Filter(f"not_{operator}" if is_not else operator, (value,)) if value else Problem(operator)
    if operator in ("has", "is"):
        known = (_HAS_NAMES if operator == "has" else _IS_NAMES).get(value.casefold())
        name = f"{operator}_not" if is_not else "has" if operator == "has" else "is_"
        return Filter(name, frozenset((known,))) if known else Problem(operator)
    found = read_range(value) if operator == "recommended" else read_date(value)
    if found is None:
        return Problem(operator)
    return Problem("not", f"{operator}:{value}") if is_not else Filter(operator, found)


def read_date(text: str) -> date | None:
    """Return the day, or the first day of the month or year, that is written; None if it is no date."""
    found = _DATE.fullmatch(text) if text.isprintable() else None
    if found is None or int(found[1]) < 1:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def read_range(text: str) -> Range | None:
    """Return the range that 10, >10, <=10 or 5..10 says (a bare number is the least); None if it is none."""
    found = _NUMBER.fullmatch(text.replace(" ", ""))
    if found is None:
        return None
    if found[3]:
        low, high = sorted((int(found[3]), int(found[4])))
        return Range(low, high)
    sign, number = found[1], int(found[2])
    if sign in ("<", "<=", "≤"):
        return Range(None, number - (sign == "<") if number else 0)
    return Range(number, number) if sign == "=" else Range(number + (sign == ">"), None)
