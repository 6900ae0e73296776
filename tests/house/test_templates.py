"""Templates can be read, carry no inline style or script, and no text that cannot be translated."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.house.files import ROOT, files, name, templates

SPOKEN_ATTRIBUTES = {"title", "alt", "aria-label", "placeholder", "aria-description", "aria-roledescription"}
# Names that are the same in every language, and the names of the languages in themselves.
SAME_EVERYWHERE = {
    "Cityboards",
    "城市討論區",
    "城",
    "繁體中文",
    "简体中文",
    "中",
    "/EN",
    "English",
    "Markdown",
    "A4",
    "CSV",
    "JSON",
}
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}", re.S)
COMMENTS = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}", re.S)
# A character that only decorates, and that is hidden from those who listen.
DECORATION = re.compile(r"<(\w+)\b[^>]*\baria-hidden=\"true\"[^>]*>\s*\w\s*</\1>")
# Attributes that a block gives to a tag of the template around it.
GIVEN_ATTRIBUTES = re.compile(r"\bdata-[\w-]+=\"[^\"]*\"")
TEMPLATE_TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.S)
LETTERS = re.compile(r"[^\W\d_]{2,}|[\u3400-\u9fff]")


class Spoken(HTMLParser):
    """Collects what a reader would read or hear, and what could run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.offences: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = {key: value or "" for key, value in attributes}
        self.texts += [names[key] for key in SPOKEN_ATTRIBUTES & names.keys()]
        self.offences += [f"<{tag} {key}>" for key in names if key == "style" or re.match(r"on[a-z]|hx-on", key)]
        self.offences += [f"<{tag} {key}=…>" for key, value in names.items() if re.match(r"\s*(javascript|js):", value)]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.offences.append(f"<{tag}>")
        self.silent += tag in {"script", "style", "code"}

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style", "code"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(GIVEN_ATTRIBUTES.sub(" ", data))


def read(path: Path) -> Spoken:
    """Return what a template says itself, without what its tags and variables will say."""
    source = path.read_text()
    for unspoken in (COMMENTS, TRANSLATED, TEMPLATE_TAGS, DECORATION):
        source = unspoken.sub(" ", source)
    spoken = Spoken()
    if path.suffix == ".html":
        spoken.feed(source)
        spoken.close()
    else:
        spoken.texts = source.splitlines()
    return spoken


def untranslated(path: Path) -> Iterator[str]:
    for text in read(path).texts:
        words = " ".join(text.split())
        if LETTERS.search(words) and words not in SAME_EVERYWHERE:
            yield f"{name(path)}: {words}"


def test_every_template_can_be_read() -> None:
    # An unknown tag or filter is only found when a page comes by; here it is found at once.
    for path in templates():
        get_template(str(path.relative_to(ROOT / "templates")))


def test_templates_carry_no_inline_style_or_script() -> None:
    # Of mails too, but for styles: mail programs take no others.
    offences = {name(path): found for path in templates() if (found := read(path).offences)}
    mails = {path: found for path, found in offences.items() if path.startswith("templates/mail/")}
    assert offences.keys() - mails.keys() == set()
    assert [what for found in mails.values() for what in found if not what.endswith(" style>")] == []


def test_every_text_in_a_template_can_be_translated() -> None:
    assert [text for path in [*templates(), *files("templates/**/*.txt")] for text in untranslated(path)] == []


def test_forms_that_write_carry_the_token() -> None:
    forms = re.compile(r"<form\b[^>]*\bmethod=[\"']?post\b.*?</form>", re.S | re.I)
    bare = [
        name(path)
        for path in templates()
        for form in forms.findall(path.read_text())
        if not re.search(r"csrf_token|form_token", form) and "{% include" not in form and "{% block" not in form
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<p>{% translate 'Reply' %}</p>", []),
        ("<p>{% blocktranslate %}Reply to {{ name }}{% endblocktranslate %}</p>", []),
        ("<p>Reply</p>", ["Reply"]),
        ('<a title="回應">{{ x }}</a>', ["回應"]),
        ("<p>{# a note #}· 1 / 2</p>", []),
        ('<i class="mark" aria-hidden="true">推</i>', []),
        ('<i aria-hidden="true">Hidden words</i>', ["Hidden words"]),
    ],
)
def test_the_reader_of_templates_hears_what_it_should(tmp_path: Path, source: str, said: list[str]) -> None:
    page = tmp_path / "page.html"
    page.write_text(source)
    assert [text.strip() for text in read(page).texts if LETTERS.search(text)] == said


@pytest.mark.parametrize(
    "source",
    ["<p style='a'>", "<script>1</script>", "<style></style>", "<a onclick='x'>", "<a href='javascript:x'>"],
)
def test_the_reader_of_templates_sees_what_could_run(tmp_path: Path, source: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(source)
    assert read(page).offences
