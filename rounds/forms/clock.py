"""Times of day, as people write them."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

WRITTEN = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)


class ClockField(forms.CharField):
    """“9:30”, “9.30am”, “0930”, “2pm”; read as the 24-hour clock where it does not say."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 12)
        kwargs.setdefault("error_messages", {})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, time) or value in self.empty_values:
            return value or None
        found = WRITTEN.fullmatch(str(value).strip())
        if not found:
            raise ValidationError("Enter a time like 9:30 or 14:15", code="invalid")
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half:
            if not 1 <= hour <= 12:
                raise ValidationError("Enter a time like 9:30 or 14:15", code="invalid")
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        if hour > 23 or minute > 59:
            raise ValidationError("Enter a time like 9:30 or 14:15", code="invalid")
        return time(hour, minute)

    def run_validators(self, value: Any) -> None:
        """Its length was that of the text; what is checked here is a time."""
