from authorities.actions.facts import load_facts
from authorities.actions.people import (
    accept_invitation,
    correct_validity,
    draw_invitation,
    end_membership,
    invite_person,
)

__all__ = [
    "accept_invitation",
    "correct_validity",
    "draw_invitation",
    "end_membership",
    "invite_person",
    "load_facts",
]
