import pytest
from django.db.models import TextChoices

from peerchallenge.shared.transitions import Transitions


class Light(TextChoices):
    RED = "red", "Red"
    GREEN = "green", "Green"
    OFF = "off", "Switched off"


LIGHT = Transitions("light", {Light.RED: [Light.GREEN], Light.GREEN: [Light.RED], Light.OFF: []})


def test_only_what_the_table_says_can_follow() -> None:
    allowed = [(now, then) for now in Light for then in Light if LIGHT.may(now, then)]
    assert allowed == [(Light.RED, Light.GREEN), (Light.GREEN, Light.RED)]


def test_a_state_read_from_the_database_is_plain_text() -> None:
    assert LIGHT.may("red", Light.GREEN)
    assert LIGHT.after("green") == (Light.RED,)


def test_the_refusal_names_both_states() -> None:
    assert LIGHT.may(Light.OFF, Light.RED).reason == (
        "This light is “switched off”, so it cannot become “red”."
    )


def test_a_state_without_a_row_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no row for"):
        Transitions("light", {Light.RED: [Light.GREEN], Light.GREEN: []})


def test_the_diagram_draws_every_state_and_arrow() -> None:
    assert LIGHT.diagram().splitlines() == [
        "stateDiagram-v2",
        "    red: Red",
        "    green: Green",
        "    off: Switched off",
        "    red --> green",
        "    green --> red",
    ]
