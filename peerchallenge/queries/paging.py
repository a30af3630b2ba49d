from __future__ import annotations

from typing import Any, TypeVar

from django.core.paginator import Page

Row = TypeVar("Row")


def with_rows(page: Page[Any], rows: list[Row]) -> Page[Row]:
    """The same page of a list, each of its rows made into what is shown."""
    return Page(rows, page.number, page.paginator)
