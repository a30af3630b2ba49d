"""Host and lead reviewer agree what the visit looks at; a paper is asked for, given and read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rounds import actions
from rounds.models import Round
from rounds.states import ChallengeState
from tests.guarantees.good_files import docx
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter
from tests.rounds.conftest import accept, ring_of
from tests.rounds.teamed import Teamed
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    default = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "store", "base_url": None},
    }
    settings.STORAGES = {**settings.STORAGES, "default": default}


@pytest.fixture
def it(world: World) -> Teamed:
    round = ring_of(world)
    actions.confirm_matches(round, by=world.officer)
    for challenge in round.challenges.with_both_sides():
        accept(world, challenge)
    return Teamed.of(world, Round.objects.get(pk=round.pk))


@pytest.mark.parametrize("way", WAYS)
def test_host_and_lead_agree_what_the_visit_looks_at(
    it: Teamed, comes_in: Enter, budget: Callable[..., None], way: str
) -> None:
    lead, host = comes_in(it.lead, way), comes_in(it.director, way)
    lead.opens(f"/challenges/{it.challenge.pk}/scope")
    lead.sees_heading("Lines of enquiry")
    lead.types("Is the threshold the same everywhere?", "Write one yourself")
    lead.presses("Add it")
    lead.presses("Add a part to Is the threshold the same everywhere?")
    lead.types("At night and at weekends", "Part of it that is looked at on its own")
    lead.presses("Add it")
    lead.presses("Agree and ask the other side")
    lead.sees("You have agreed. We have asked the other side.")

    host.opens("/")
    host.presses(f"Agree the lines of enquiry: {it.challenge.challengers_said}")
    host.sees("1. Is the threshold the same everywhere?", "At night and at weekends")
    host.presses("Agree and tell both sides")
    host.sees("Both sides have agreed what the team looks at.")
    assert it.again().state == ChallengeState.SCOPED
    # Saved, a part asked for and added, agreed; the host from home, and agreed.
    budget(f"lead and host agree on a scope, {way}", lead.clicks + host.clicks, most=6)

    host.presses("Change At night and at weekends")
    host.sees("This undoes both agreements, and both are asked again.")
    host.types("At night", "Part of it that is looked at on its own")
    host.presses("Save")
    host.sees("Agree and ask the other side")
    assert it.again().state == ChallengeState.ACCEPTED


@pytest.mark.parametrize("way", WAYS)
def test_papers_are_asked_for_given_and_read(
    it: Teamed, comes_in: Enter, budget: Callable[..., None], tmp_path: Path, way: str
) -> None:
    lead, host = comes_in(it.lead, way), comes_in(it.organiser, way)
    lead.opens(f"/challenges/{it.challenge.pk}/papers")
    usual = it.round.format.papers
    lead.presses(f"Add the {len(usual)} papers that are usual in this format")
    lead.presses(f"Ask {it.challenge.host_authority} for these {len(usual)} papers")
    lead.sees("in one mail.")
    budget(f"lead asks for the usual papers, {way}", lead.clicks, most=2)

    host.opens("/")
    host.presses(f"Give {len(usual)} papers to the team of {it.challenge.challengers_said}")
    path = tmp_path / "chart.docx"
    path.write_bytes(docx())
    host.presses(f"Give a document or a link for {usual[0].title}")
    host.attaches(path, "Choose the document")
    host.presses("Give it to the team")
    host.sees(f"“{usual[0].title}” is with the team.")
    host.presses(f"We have no such document for {usual[1].title}")
    host.types("It is being rewritten.", "Why is there none?")
    host.presses("Tell the team")
    host.sees("Not available")

    lead.looks_again()
    lead.sees("It is being rewritten.")
    assert lead.downloads(usual[0].title) == path.read_bytes()


def test_an_officer_lets_a_visit_go_ahead_with_a_reason_that_stays(
    it: Teamed, comes_in: Enter
) -> None:
    it.dated(2)
    officer, host = comes_in(it.world.officer), comes_in(it.director, width=320)
    officer.opens(f"/challenges/{it.challenge.pk}/ready")
    officer.sees("Whose turn: the host and the lead reviewer.")
    officer.presses("Call it ready all the same", status=422)
    officer.types("Both sides want to meet.", "Why does the visit go ahead all the same?")
    officer.presses("Call it ready all the same")
    officer.sees("The visit is ready.")
    host.opens(f"/challenges/{it.challenge.pk}")
    host.sees("Called ready although something was open", "Why: Both sides want to meet.")
