"""What generated posts are made of: the paragraphs of the demo world, each rendered once by the real renderer."""

import random
import re
from dataclasses import dataclass, field
from functools import cache

from forum.management.demo import load
from forum.text.markdown import render
from forum.text.plain import to_text

CHINESE, ENGLISH = "zh-Hant", "en"
LANGUAGES = (CHINESE, ENGLISH)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PROBES = ("Before and after.", "前前後後。")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its Markdown, and its HTML within a post of either language."""

    source: str
    html: dict[str, str]


@dataclass(slots=True)
class Corpus:
    """Blocks and titles by language."""

    blocks: dict[str, list[Block]] = field(default_factory=lambda: {CHINESE: [], ENGLISH: []})
    titles: dict[str, list[str]] = field(default_factory=lambda: {CHINESE: [], ENGLISH: []})

    def text(self, rng: random.Random, language: str) -> tuple[str, str]:
        """Return body and HTML of a post, as long as posts are; one in ten has a paragraph in the other language."""
        wanted = rng.lognormvariate(5.3, 0.8)  # characters; the median is 200
        if language == ENGLISH:
            wanted *= 2.5  # which say about as much
        pool, length, chosen = self.blocks[language], 0.0, []
        while length < min(wanted, 8_000):
            block = pool[int(rng.random() * len(pool))]
            chosen.append(block)
            length += len(block.source)
        if rng.random() < 0.1:
            chosen.append(rng.choice(self.blocks[ENGLISH if language == CHINESE else CHINESE]))
        return "\n\n".join([one.source for one in chosen]), "".join([one.html[language] for one in chosen])

    def title(self, rng: random.Random, language: str) -> str:
        """Return the title of a thread."""
        return rng.choice(self.titles[language])


def language_of(text: str) -> str:
    """Return the language most of a text is in."""
    return CHINESE if len(_HAN.findall(text)) * 3 > len(text) else ENGLISH


@cache
def read() -> Corpus:
    """Return the corpus of the demo world.

    Only paragraphs that look the same wherever they stand: those whose HTML between two others is their HTML alone.
    """
    corpus = Corpus()
    threads = [thread for city in load().cities for thread in city.threads]
    seen: set[str] = set()
    for text in (text for thread in threads for post in thread.posts for text in re.split(r"\n\s*\n", post.body)):
        source = text.strip()
        if len(source) > 5 and source not in seen and "@" not in source and "[^" not in source:
            seen.add(source)
            html = {language: render(source, lang=language) for language in LANGUAGES}
            if html[CHINESE].startswith("<p") and all(_stands_alone(source, html[one], one) for one in LANGUAGES):
                corpus.blocks[language_of(source)].append(Block(source, html))
    for title in dict.fromkeys([thread.title for thread in threads] + [to_text(text)[:40] for text in seen]):
        if title.strip():
            corpus.titles[language_of(title)].append(title.strip())
    return corpus


def _stands_alone(source: str, html: str, language: str) -> bool:
    around = {probe: _alone(probe, language) for probe in _PROBES}
    return all(
        render(f"{probe}\n\n{source}\n\n{probe}", lang=language) == one + html + one for probe, one in around.items()
    )


@cache
def _alone(probe: str, language: str) -> str:
    return render(probe, lang=language)
