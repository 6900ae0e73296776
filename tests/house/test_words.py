"""No words for people stand in tags of templates, in scripts or in code without a way to translate them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from tests.house.files import files, name

LITERAL = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'")
# Words that somebody would read: Han characters, or a sentence's beginning; names and codes are neither.
WORDS = re.compile(r"[\u3400-\u9fff]|(?:^|[ >])[A-Z]?[a-z’']+(?:,? [a-z’']+)+|^[A-Z][a-z]{2,}[.!?…]?$")

# Tags whose literals are translated, or are names and addresses.
SILENT_TAGS = {"translate", "blocktranslate", "plural", "url", "static", "load", "extends", "block"}
FILTERS_THAT_SAY = re.compile(r"\|(?:default(?:_if_none)?|yesno|add|join):(\"[^\"]*\"|'[^']*')")
# What a filter compares or cuts with, and the character that stands for a city without a name.
SAME_IN_TEMPLATES = {"城", "民國"}

# Calls whose texts are shown, and keywords that name texts that are shown.
SPEAKING_CALLS = {"ValidationError", "Forbidden", "denied", "announce", "success", "info", "warning", "error"}
SPEAKING_KEYWORDS = {
    "label", "help_text", "verbose_name", "verbose_name_plural", "empty_label", "description", "title", "heading",
}  # fmt: skip
LOGGERS = {"log", "logger", "logging", "LOG", "stderr", "stdout"}
# Not for the site's people: commands, the demo, those who read a log, the samples of the style page.
NOT_FOR_READERS = (
    "forum/management/",
    "forum/transfer/",
    "accounts/management/",
    "forum/queries/samples",
    "forum/forms/samples",
    "templates/style/",
)


def untranslated_in_tags(source: str) -> Iterator[str]:
    """Yield the literals of a template's tags that a reader would see and nobody could translate."""
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.VAR:
            yield from spoken(iter(FILTERS_THAT_SAY.findall(token.contents)))
        elif token.token_type == TokenType.BLOCK:
            tag, _, rest = token.contents.partition(" ")
            if tag not in SILENT_TAGS:
                rest = re.sub(r"_\((\"[^\"]*\"|'[^']*')\)", "", rest)
                yield from spoken(found[0] for found in LITERAL.finditer(rest))


def spoken(literals: Iterator[str]) -> Iterator[str]:
    """Yield the literals that are words, without their quotation marks."""
    for literal in literals:
        if WORDS.search(literal[1:-1]) and literal[1:-1] not in SAME_IN_TEMPLATES:
            yield literal[1:-1]


def untranslated_in_script(source: str) -> Iterator[str]:
    """Yield the texts of a script that a reader would see: they belong into the template, where they are translated."""
    source = re.sub(r"/\*.*?\*/|(?m:(?:^|\s)//.*$)", "", source, flags=re.S)
    for found in re.finditer(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`", source):
        text = next(part for part in found.groups() if part is not None)
        if re.search(r"[\u3400-\u9fff]|^[A-Z][a-z]+[ ,]+[a-z]+", re.sub(r"\$\{.*?\}", "", text)):
            yield text


def untranslated_in_code(source: str) -> Iterator[str]:
    """Yield the plain texts that code hands to where they are shown."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        given = [keyword.value for keyword in node.keywords if keyword.arg in SPEAKING_KEYWORDS]
        if called in SPEAKING_CALLS and getattr(owner, "id", "") not in LOGGERS:
            given += node.args
        for value in given:
            for part in [*value.values] if isinstance(value, ast.Dict) else [value]:
                if isinstance(part, ast.JoinedStr):
                    yield ast.unparse(part)
                elif isinstance(part, ast.Constant) and isinstance(part.value, str) and WORDS.search(part.value):
                    yield part.value


def for_readers(*patterns: str) -> list[Path]:
    return [path for path in files(*patterns) if not name(path).startswith(NOT_FOR_READERS)]


def test_tags_of_templates_say_nothing_untranslated() -> None:
    texts = for_readers("templates/**/*.html", "templates/**/*.txt", "forum/**/templates/**/*.html")
    assert [f"{name(path)}: {text}" for path in texts for text in untranslated_in_tags(path.read_text())] == []


def test_scripts_say_nothing_themselves() -> None:
    scripts = files("static/js/**/*.js")
    assert [f"{name(path)}: {text}" for path in scripts for text in untranslated_in_script(path.read_text())] == []


def test_code_shows_nothing_untranslated() -> None:
    paths = for_readers("forum/**/*.py", "accounts/**/*.py")
    assert [f"{name(path)}: {text}" for path in paths for text in untranslated_in_code(path.read_text())] == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('{{ x|default:"nothing here" }}', ["nothing here"]),
        ('{{ x|default:"medium" }}', []),
        ('{% include "a/_b.html" with text="Nobody yet." %}', ["Nobody yet."]),
        ('{% include "a/_b.html" with text=_("Nobody yet.") kind="date" %}', []),
        ('{% translate "Nobody yet." as text %}', []),
        ('{% firstof x "城市" %}', ["城市"]),
    ],
)
def test_the_reader_of_tags_hears_what_it_should(source: str, said: list[str]) -> None:
    assert list(untranslated_in_tags(source)) == said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('node.textContent = "Could not be sent";', ["Could not be sent"]),
        ("node.textContent = `已複製`;", ["已複製"]),
        ('node.dataset.copied; event.key === "Enter"; // "Some words"', []),
    ],
)
def test_the_reader_of_scripts_hears_what_it_should(source: str, said: list[str]) -> None:
    assert list(untranslated_in_script(source)) == said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('raise ValidationError({"title": "Say more."})', ["Say more."]),
        ('raise ValidationError({"title": _("Say more.")})', []),
        ('forms.CharField(label="Your name")', ["Your name"]),
        ('messages.success(request, "All done here")', ["All done here"]),
        ('log.warning("the disk is full")', []),
    ],
)
def test_the_reader_of_code_hears_what_it_should(source: str, said: list[str]) -> None:
    assert list(untranslated_in_code(source)) == said
