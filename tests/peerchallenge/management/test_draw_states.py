import pytest
from django.core.management import call_command
from django.db.models import TextChoices

from feedback import states as feedback
from peerchallenge.management.commands import draw_states
from peerchallenge.shared.transitions import Transitions
from rounds import states as rounds


def test_the_page_of_states_is_what_the_tables_say() -> None:
    assert draw_states.PAGE.read_text() == draw_states.page(), "run manage.py draw_states"


def test_every_machine_is_drawn() -> None:
    there = [
        machine
        for module in (rounds, feedback)
        for machine in vars(module).values()
        if isinstance(machine, Transitions)
    ]
    assert sorted(m.noun for m in there) == sorted(m.noun for m in draw_states.MACHINES)


@pytest.mark.parametrize("machine", draw_states.MACHINES, ids=lambda machine: machine.noun)
def test_a_diagram_names_each_state_and_draws_each_step(machine: Transitions[TextChoices]) -> None:
    lines = [line.strip() for line in machine.diagram().splitlines()]
    steps = [
        f"{now.value} --> {then.value}" for now in machine.table for then in machine.after(now)
    ]
    assert lines[0] == "stateDiagram-v2"
    assert [line for line in lines if "-->" in line] == steps
    assert [line for line in lines if ": " in line] == [
        f"{s.value}: {s.label}" for s in machine.table
    ]


def test_the_command_writes_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(draw_states, "PAGE", tmp_path / "docs" / "states.md")
    call_command("draw_states")
    assert (tmp_path / "docs" / "states.md").read_text() == draw_states.page()
    assert "states.md" in capsys.readouterr().out
