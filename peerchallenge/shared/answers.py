"""May somebody do something? Yes, or no with a sentence for the person who asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """A request that the rules turn down; its text is shown to the person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Answer:
    """True when allowed; otherwise false, with the reason."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason

    def __and__(self, other: Answer) -> Answer:
        return other if self else self

    def __or__(self, other: Answer) -> Answer:
        return self if self else other

    def require(self) -> None:
        if not self:
            raise Refused(self.reason)


YES = Answer()


def no(reason: str) -> Answer:
    if not reason:
        raise ValueError("a refusal needs a sentence that says why")
    return Answer(reason)


def yes_if(condition: bool, reason: str) -> Answer:
    return YES if condition else no(reason)
