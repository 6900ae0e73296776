"""The directory: two levels of categories, in Chinese and English."""

from typing import Any

from django.db import migrations

# Upper level: address, Chinese, English, and the lower level in the same form. Addresses are for good.
DIRECTORY: tuple[tuple[str, str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "literature",
        "文學",
        "Literature",
        (
            ("reading", "閱讀", "Reading"),
            ("writing", "寫作", "Writing"),
            ("poetry", "詩", "Poetry"),
            ("translation", "翻譯", "Translation"),
            ("language", "語言文字", "Languages and scripts"),
        ),
    ),
    (
        "society",
        "人文社會",
        "Society",
        (
            ("history", "歷史", "History"),
            ("economy", "經濟", "Economy"),
            ("law", "法律", "Law"),
            ("public-affairs", "公共事務", "Public affairs"),
            ("philosophy", "哲學", "Philosophy"),
            ("religion", "宗教", "Religion"),
        ),
    ),
    (
        "arts",
        "藝術",
        "Arts",
        (
            ("music", "音樂", "Music"),
            ("film", "電影", "Film"),
            ("theatre", "戲劇", "Theatre"),
            ("painting", "繪畫", "Painting"),
            ("photography", "攝影", "Photography"),
            ("comics", "漫畫動畫", "Comics and animation"),
        ),
    ),
    (
        "science",
        "科學",
        "Science",
        (
            ("mathematics", "數學", "Mathematics"),
            ("nature", "自然", "Nature"),
            ("astronomy", "天文", "Astronomy"),
            ("medicine", "醫學", "Medicine"),
        ),
    ),
    (
        "technology",
        "科技",
        "Technology",
        (
            ("programming", "程式設計", "Programming"),
            ("computers", "電腦", "Computers"),
            ("internet", "網路", "The Internet"),
            ("electronics", "電子", "Electronics"),
        ),
    ),
    (
        "crafts",
        "工藝",
        "Crafts",
        (
            ("workshop", "工作室", "Workshop"),
            ("print-and-type", "印刷與字體", "Print and type"),
            ("textiles", "織品", "Textiles"),
            ("cooking", "烹飪", "Cooking"),
        ),
    ),
    (
        "life",
        "生活",
        "Life",
        (
            ("home", "家", "Home"),
            ("garden", "園藝", "Gardening"),
            ("animals", "動物", "Animals"),
            ("health", "健康", "Health"),
            ("work", "工作", "Work"),
            ("friends", "交友閒談", "Friends and small talk"),
        ),
    ),
    (
        "leisure",
        "休閒",
        "Leisure",
        (
            ("travel", "旅行", "Travel"),
            ("outdoors", "山野", "Outdoors"),
            ("sports", "運動", "Sports"),
            ("games", "遊戲", "Games"),
            ("collecting", "收藏", "Collecting"),
        ),
    ),
    (
        "places",
        "地方",
        "Places",
        (
            ("hometown", "家鄉", "Home towns"),
            ("abroad", "海外", "Abroad"),
            ("schools", "學校", "Schools"),
            ("alumni", "同學會", "Classmates"),
        ),
    ),
)


def fill(apps: Any, schema_editor: Any) -> None:
    """Put the directory in; what stands there already gets its place and names."""
    category = apps.get_model("forum", "Category")
    for upper, (slug, chinese, english, children) in enumerate(DIRECTORY, start=1):
        names = {"name_zh": chinese, "name_en": english, "position": upper, "parent": None}
        parent, _made = category.objects.update_or_create(slug=slug, defaults=names)
        for lower, (address, zh, en) in enumerate(children, start=1):
            below = {"name_zh": zh, "name_en": en, "position": lower, "parent": parent}
            category.objects.update_or_create(slug=address, defaults=below)


class Migration(migrations.Migration):
    """Fills the directory."""

    dependencies = (("forum", "0001_initial"),)

    operations = (migrations.RunPython(fill, migrations.RunPython.noop),)
