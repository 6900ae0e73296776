"""People, cities, threads and posts that stand in no database: what the style page is made of."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from forum.models import Board, Category, City, Notice, Post, Thread
from forum.permissions.verdicts import denied
from forum.queries.folds import Fold
from forum.queries.posts import ShownPost
from forum.text.markdown import RENDERER_VERSION, render

PROSE = {
    "zh-Hant": """我們常說一座城市有記憶，其實記憶在人們彼此講述的方式裡。The town remembers only as long as someone \
is willing to be corrected——這句話是我讀到第三章時寫在頁邊的。[^1]

## 渡船人的帳本

書裡最動人的是那本帳：誰欠了兩文船錢（two coppers），誰在 **霜降** 那天沒有過河。\
作者把帳目抄得*很仔細*，~~錯字~~也不改。

> 河不記名字，帳本記。
>
> > 帳本也會濕。

- 讀前三章
- 記下 [一座橋](https://example.org/bridge)
  1. 它的名字
  2. 它在哪裡

| 章 | 頁數 | 說的是 |
| --- | ---: | --- |
| 渡船人的帳本 | 24 | 誰過了河 |
| 霜降 | 8 | 誰沒有 |

行內的 `帳 = 船錢 × 2`，和自成一段的:

```
過河（人數） -> 船錢
```

---

完。

[^1]: 腳註站在文末。
""",
    "en": """A city remembers only as long as someone is willing to be corrected. I wrote that sentence in a margin \
(頁邊), and it has not left me since.[^1]

## The ferryman's ledger

Who owed **two coppers**, who did *not* cross on the day of first frost (霜降).

> The river keeps no names. The ledger does.

1. Read three chapters
2. Write down a bridge

[^1]: Notes stand at the end.
""",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What templates of a thread ask of its page."""

    may_reply: bool = True


def people() -> list[User]:
    """Return twelve people with names in both scripts; nobody of them can sign in."""
    names = ("林渡", "沈芸", "K. Huang", "石頭", "阿布", "小滿", "Agnes Hollis", "許晚晴", "Åsa", "蟬", "7", "溫以川")
    return [User(pk=pk, username=f"sample{pk}", display_name=name) for pk, name in enumerate(names, 1)]


def cities() -> list[City]:
    """Return cities of one to four characters, in Latin letters, and in every ink."""
    category = Category(pk=1, slug="sample", name_zh="閱讀", name_en="Reading")
    names = ("茶", "海角", "舊書攤", "渡口書房", "Bench and Type")
    inks = list(City.Ink.values)
    return [
        City(pk=pk, slug=f"sample{pk}", name=name, ink=inks[pk - 1], category=category, citizens_count=1204 * pk,
             threads_count=88, description="讀書、寫字、慢慢談。 Read, write, and take your time.")
        for pk, name in enumerate(names, 1)
    ]  # fmt: skip


def threads() -> list[Thread]:
    """Return threads in each of their states: pinned, featured and locked, plain, hidden, held."""
    author, other = people()[:2]
    city = cities()[3]
    board = Board(pk=1, city=city, slug="general", name="閒談", description="什麼都談。")
    texts = (
        ("重讀《渡口》：一座小城怎樣記得自己", "我們常說一座城市有記憶，其實記憶在人們彼此講述的方式裡。", "zh-Hant"),
        ("The entry for river runs to nine senses", "Only one of them is water.", "en"),
        ("秋天的舊書市", "牯嶺街只剩三家了。我把每一家的老闆都拍了一張，附在文末，請大家補上名字。", "zh-Hant"),
        ("不再給人看的一篇", "", "zh-Hant"),
        ("等人看過的一篇", "還沒有人看過。", "zh-Hant"),
    )
    states: tuple[dict[str, bool], ...] = (
        {"is_pinned": True},
        {"is_featured": True, "is_locked": True},
        {},
        {"is_hidden": True},
        {"is_held": True},
    )
    return [
        Thread(pk=pk, city=city, board=board, author=author, last_author=other, title=title, excerpt=excerpt,
               language=language, replies_count=12 * pk - 11, last_number=12 * pk, recommendations_count=19 // pk,
               last_post_at=timezone.now() - timedelta(hours=9 * pk), **state)
        for pk, ((title, excerpt, language), state) in enumerate(zip(texts, states, strict=True), 1)
    ]  # fmt: skip


def posts() -> list[ShownPost]:
    """Return posts in each of their states: of an officer, a reply, folded, hidden, gone."""
    writers, thread = people(), threads()[0]
    plain = [
        Post(pk=number, thread=thread, author=writers[number - 1], number=number, html=prose(language)["html"],
             language=language, body=PROSE[language], renderer_version=RENDERER_VERSION)
        for number, language in enumerate(("zh-Hant", "en", "zh-Hant", "en", "zh-Hant"), 1)
    ]  # fmt: skip
    opener, reply, _folded, hidden, _gone = plain
    opener.revision_number, opener.edited_at, opener.recommendations_count = 3, timezone.now(), 19
    reply.addressed, reply.title, reply.source, reply.is_repost = opener, "Nine senses", "https://example.org/", True
    hidden.is_hidden = True
    shown = [ShownPost(post, may_edit=denied(""), may_moderate=denied("")) for post in plain]
    shown[0] = replace(shown[0], role="mayor", recommenders=writers[1:6])
    shown[1] = replace(shown[1], is_first_unread=True)
    shown[2] = replace(shown[2], fold=Fold("帳本"))
    shown[4] = replace(shown[4], is_readable=False)
    return shown


def prose(language: str) -> dict[str, SafeString | str]:
    """Return a text with everything a text may have, rendered, and its language."""
    html = render(PROSE[language], lang=language, prefix=f"sample-{language}-")
    return {"html": mark_safe(html), "language": language}  # noqa: S308 - the sanitiser's output


def notice() -> Notice:
    """Return a notice of a city."""
    text = "每週三晚上換一章；轉貼請附出處與自己的一段話。"
    html = render(text, lang="zh-Hant")
    return Notice(pk=1, city=cities()[3], title="十月共讀《渡口》", html=html, renderer_version=RENDERER_VERSION)
