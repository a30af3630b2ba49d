"""govuk-frontend's own examples of its components, and HTML brought into one shape to compare.

Where ours is meant to differ:
- ids and names follow Django; they are compared by what refers to what, not by their spelling;
- the order of attributes and of classes says nothing;
- our submit button always ignores a second press (`data-prevent-double-click`).
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

COMPONENTS = Path("node_modules/govuk-frontend/dist/govuk/components")
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}

Node = tuple[str, tuple[tuple[str, str], ...], tuple[Any, ...]]


def examples(component: str) -> dict[str, tuple[dict[str, Any], str]]:
    """Name of each example: its options and the HTML they make."""
    path = COMPONENTS / component / "fixtures.json"
    found = json.loads(path.read_text(encoding="utf-8"))["fixtures"]
    return {one["name"]: (one["options"], one["html"]) for one in found}


class Tree(HTMLParser):
    """Tags, attributes and collapsed text, nested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root: list[Any] = []
        self.stack: list[tuple[str, dict[str, str], list[Any]]] = [("", {}, self.root)]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = (tag, {name: value or "" for name, value in attrs}, [])
        self.stack[-1][2].append(node)
        if tag not in VOID:
            self.stack.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack[-1][0] == tag, f"</{tag}> closes <{self.stack[-1][0]}>"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        if self.stack[-1][0] == "textarea":
            # HTML drops one line break at a textarea's start, so that ours can print one.
            self.stack[-1][2].extend(filter(None, [data.removeprefix("\n")]))
        elif text := " ".join(data.split()):
            self.stack[-1][2].append(text)


def shape(html: str) -> tuple[Any, ...]:
    """The HTML as nested tuples in which ids and names are numbered as they come."""
    root = Tree(html).root
    ids = {node[1]["id"]: f"id{at}" for at, node in enumerate(_with(root, "id"))}
    names: dict[str, str] = {}
    for node in _with(root, "name"):
        names.setdefault(node[1]["name"], f"name{len(names)}")
    return tuple(_shape(node, ids, names) for node in root)


def part_of(html: str, tag: str, class_: str) -> Any:
    """The first element of this tag and class, in the same shape."""
    for node in _all(Tree(html).root):
        if node[0] == tag and class_ in node[1].get("class", "").split():
            return _shape(node, {}, {})
    raise AssertionError(f"no <{tag} class={class_}>")


def _shape(node: Any, ids: dict[str, str], names: dict[str, str]) -> Any:
    if isinstance(node, str):
        return node
    tag, attrs, children = node
    return (
        tag,
        tuple(sorted((key, _attr(key, value, ids, names)) for key, value in attrs.items())),
        tuple(_shape(child, ids, names) for child in children),
    )


def _attr(key: str, value: str, ids: dict[str, str], names: dict[str, str]) -> str:
    if key == "class":
        return " ".join(sorted(value.split()))
    if key in ("id", "for", "aria-describedby", "aria-controls"):
        return " ".join(ids.get(one, one) for one in value.split())
    if key == "href" and value.startswith("#"):
        return f"#{ids.get(value[1:], 'elsewhere')}"
    if key == "name":
        return names.get(value, value)
    return re.sub(r"\s+", " ", value).strip()


def _all(nodes: list[Any]) -> list[Any]:
    found = []
    for node in nodes:
        if not isinstance(node, str):
            found += [node, *_all(node[2])]
    return found


def _with(nodes: list[Any], attr: str) -> list[Any]:
    return [node for node in _all(nodes) if attr in node[1]]
