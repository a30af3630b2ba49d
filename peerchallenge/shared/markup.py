"""Text out of markup: what somebody pastes into a box that takes plain text alone."""

from __future__ import annotations

import html
import re

import nh3

# What says something about the order of words; all else goes, with whatever is hidden in it.
KEPT = {"p", "br", "div", "ul", "ol", "li", "tr", "td", "h1", "h2", "h3", "h4", "h5", "h6"}
# A text is taken for markup when something is closed in it, or by what closes itself: “fewer than
# <5”, “a < b > c” and a lone “<b>” are prose.
MARKUP = re.compile(
    r"</(?:p|div|span|ul|ol|li|strong|em|b|i|u|a|table|tr|td|h[1-6]|font|script|style)\s*>"
    r"|<(?:br|img|hr)\b[^<>]*>|<!--",
    re.IGNORECASE,
)
ITEM = re.compile(r"<li>\s*")
LINE = re.compile(r"</(?:p|div|li|tr|h[1-6])>|<br>|<(?:p|div|ul|ol|h[1-6])>")
CELL = re.compile(r"</td>")
TAG = re.compile(r"</?[a-z0-9]+>")


def plain_text(text: str) -> str:
    """The same words without markup: a paragraph is a line, an item of a list begins with “- ”.

    Prose that only looks a little like markup stays as it is.
    """
    if not MARKUP.search(text):
        return text
    # Around what is pasted may stand what was typed: its lines are kept.
    cleaned = nh3.clean("<br>".join(text.splitlines()), tags=KEPT, attributes={})
    lines = LINE.sub("\n", ITEM.sub("\n- ", CELL.sub(" ", cleaned)))
    said = [" ".join(line.split()) for line in html.unescape(TAG.sub("", lines)).splitlines()]
    return "\n".join(line for line in said if line not in ("", "-"))
