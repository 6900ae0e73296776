"""Plain text made safe to stand in Markdown: it will be read there as it is, with as few backslashes as possible."""

import re

# A bare address is read to the letter: a backslash would become part of it.
_ADDRESS = re.compile(r"(https?://(?:[\w./?=&%#:+,@;-]|~(?=\w))+)")
_ALWAYS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~\n]|$)"  # a backslash that would escape something
    r"|`"
    r"|(?<!\s)\*|\*(?!\s|$)|(?<=\s)\*(?=\s*$)"  # an asterisk that is not alone among spaces
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore that is not inside a word
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?[A-Za-z0-9]+;)"
    r"|(?<!\s)~|~(?!\s|$)"
    r"|!(?=\[)"
    r"|\[(?=\^|[^\]]{0,500}\][(\[:])"
)
_AT_LINE_START = re.compile(
    r"^([ \t]*)(?:"
    r"(?P<mark>[-+*=]+(?=\s|$)|\#{1,6}(?=\s|$)|>|\[(?=[ xX]\]\s)"
    r"|[-:|](?=[-:| \t]*$))"  # the line that makes the one above it the header of a table
    r"|(?P<number>\d{1,9})(?=[.)](?:\s|$)))",
    re.MULTILINE,
)
_RULE = re.compile(r"^([ \t]*)(?=([-_*])[ \t]*(?:\2[ \t]*){2,}$)", re.MULTILINE)


def escape_markdown(text: str) -> str:
    """Return Markdown that renders as the plain `text`. Line breaks are kept; indentation at line starts is not."""
    if "://" in text:
        parts = _ADDRESS.split(text)
        parts[::2] = [_ALWAYS.sub(r"\\\g<0>", part) for part in parts[::2]]
        text = "".join(parts)
    else:
        text = _ALWAYS.sub(r"\\\g<0>", text)
    text = _RULE.sub(r"\1\\", text)
    text = _AT_LINE_START.sub(_escaped_start, text)
    return re.sub(r"^[ \t]{4,}", "   ", text, flags=re.MULTILINE)


def fence_for(code: str) -> str:
    """Return a fence of backticks longer than any in `code`."""
    return "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 0)


def _escaped_start(found: re.Match[str]) -> str:
    if found["number"]:
        return f"{found[1]}{found['number']}\\"
    return f"{found[1]}\\{found['mark']}"
