"""The rules of a city in words: a sentence for each, in calm sections."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.models import Board, City, Rules
from forum.queries.rule_numbers import counted
from forum.text.holding import lines_of

# The sections of the page and of its form: title, and the rules in their order.
SECTIONS: tuple[tuple[Promise | str, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Joining"),
        ("join_days", "join_posts", "statement_length", "questions", "refusal_days"),
    ),
    (
        gettext_lazy("Writing"),
        ("post_days", "post_posts", "thread_days", "thread_posts", "posts_per_day"),
    ),
    (
        gettext_lazy("What waits for approval"),
        ("probation_posts", "probation_days", "held_words", "held_patterns", "decision_hours"),
    ),
    (gettext_lazy("Reposts"), ("repost_source", "repost_comment")),
    (gettext_lazy("Reports and decisions"), ("report_reasons", "second_officer")),
    (
        gettext_lazy("Elections and succession"),
        ("vote_days", "term_months", "petition_percent", "absence_days"),
    ),
)
LONGEST = 40_000  # characters: the length of a post that a board need not name


@dataclass(frozen=True, slots=True)
class Sentence:
    """One rule in words, with what it lists."""

    text: str
    items: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the rules."""

    title: Promise | str
    sentences: list[Sentence]


def rules_in_words(city: City, rules: Rules, boards: Iterable[Board] = ()) -> list[Section]:
    """Return the rules of the city as sentences, with the lengths that its boards ask for; no empty section."""
    sections = []
    for title, names in SECTIONS:
        sentences = [sentence for name in names if (sentence := _sentence(rules, name))]
        sections.append(Section(title, sentences))
    sections[0].sentences.insert(0, Sentence(_joining(city)))
    sections[1].sentences.insert(0, Sentence(_writing(city)))
    sections[1].sentences.extend(Sentence(words) for board in boards if (words := length_in_words(board)))
    return [section for section in sections if section.sentences]


def length_in_words(board: Board) -> str:
    """Return how long posts are on the board; empty where any length will do."""
    named = {"board": board.name, "least": f"{board.min_length:,}", "most": f"{board.max_length:,}"}
    if board.min_length and board.max_length < LONGEST:
        return _("On %(board)s a post has between %(least)s and %(most)s characters.") % named
    if board.min_length:
        return _("On %(board)s a post has at least %(least)s characters.") % named
    if board.max_length < LONGEST:
        return _("On %(board)s a post has at most %(most)s characters.") % named
    return ""


def _joining(city: City) -> str:
    if city.joining == City.Joining.OPEN:
        return _("Everybody may join.")
    return _("One joins by application, which the officers decide.")


def _writing(city: City) -> str:
    if city.posting == City.Posting.MEMBERS:
        return _("Every member of the site may write.")
    return _("Citizens write.")


def _sentence(rules: Rules, name: str) -> Sentence | None:
    value = getattr(rules, name)
    if name in ("questions", "report_reasons"):
        lists = {
            "questions": _("Applicants answer these questions:"),
            "report_reasons": _("A report names one of these reasons:"),
        }
        return Sentence(lists[name], lines_of(value)) if value.strip() else None
    if name == "term_months" and not value:
        return Sentence(_("The mayor's term has no end."))
    if not value:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return Sentence(counted(name, value) % {"number": value})
    return Sentence(_said(name))


def _said(name: str) -> str:
    return {
        "held_words": _("Posts with certain words wait for approval."),
        "held_patterns": _("Posts that match certain patterns wait for approval."),
        "repost_source": _("A repost names its source."),
        "second_officer": _("An officer who is party to a matter leaves it to another officer."),
    }[name]
