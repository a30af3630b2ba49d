"""Text as it comes from a browser, made fit to keep."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

# PostgreSQL keeps no NUL, and half of a surrogate pair cannot be written as UTF-8.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with one kind of line ending and without what no database can keep."""
    return UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def scrub(data: Mapping[str, Any]) -> tuple[Mapping[str, Any], frozenset[str]]:
    """A storable copy of a form's data, and the names whose text had to be cut."""
    spoiled = set()

    def clean(name: str, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [clean(name, one) for one in value]
        if not isinstance(value, str):
            return value
        if UNSTORABLE.search(value):
            spoiled.add(name)
        return storable(value)

    if isinstance(data, QueryDict):
        copy = QueryDict(mutable=True, encoding=data.encoding)
        for name, values in data.lists():
            copy.setlist(storable(name), clean(name, values))
        copy._mutable = False
        return copy, frozenset(spoiled)
    return {name: clean(name, value) for name, value in data.items()}, frozenset(spoiled)
