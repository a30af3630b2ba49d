"""The officer's pages of a round: list, start, invite, overview, settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import Membership, User
from authorities.states import Role
from rounds.models import Round
from rounds.states import RoundState
from tests.factories import UserFactory
from tests.rounds.forms.test_rounds import filled_in
from tests.world import World, run_effects

Browser = Callable[[User], Client]


def at(name: str, round: Round) -> str:
    return reverse(name, args=[round.pk])


def text(answer: Any) -> str:
    return answer.content.decode()


def test_a_region_without_rounds_says_what_a_round_is(world: World, signed_in: Browser) -> None:
    page = text(signed_in(world.officer).get("/rounds"))
    assert f"{world.region.name} has no rounds yet." in page
    assert "Start a round" in page


def test_a_chair_sees_the_rounds_and_starts_none(world: World, signed_in: Browser) -> None:
    round = world.opened()
    page = text(signed_in(world.chair).get("/rounds"))
    assert round.name in page
    assert "Start a round" not in page


def test_somebody_outside_the_board_finds_no_list(world: World, signed_in: Browser) -> None:
    assert signed_in(world.directors[0]).get("/rounds").status_code == 404


def test_a_new_round_ticks_every_authority_open_today(world: World, signed_in: Browser) -> None:
    closed = world.authorities[0]
    closed.valid_to = timezone.localdate() - timedelta(days=1)
    closed.save()
    form = signed_in(world.officer).get("/rounds/new").context["form"]
    keys = [str(authority.pk) for authority in world.authorities[1:]]
    assert sorted(key for key, _ in form.fields["authorities"].choices) == sorted(keys)
    assert sorted(form.initial["authorities"]) == sorted(keys)


def test_a_new_round_says_where_nobody_is_director_yet(world: World, signed_in: Browser) -> None:
    Membership.objects.filter(user=world.directors[1]).delete()
    page = text(signed_in(world.officer).get("/rounds/new"))
    assert page.count("No director here yet") == 1


def test_one_form_makes_a_draft_and_leads_to_the_check(world: World, signed_in: Browser) -> None:
    answer = signed_in(world.officer).post("/rounds/new", filled_in(world))
    round = Round.objects.get(name="Winter 2027")
    assert answer.url == at("round_invite", round)
    assert round.state == RoundState.DRAFT
    assert {p.authority for p in round.participations.all()} == set(world.authorities)
    assert [area.name for area in round.areas.all()] == ["Adoption", "Diversion from care"]


def test_a_round_is_not_started_in_another_region(world: World, signed_in: Browser) -> None:
    other = World().region
    client = signed_in(world.officer)
    assert client.get(f"/rounds/new?region={other.pk}").status_code == 404
    assert client.get("/rounds/new?region=x").status_code == 404
    assert signed_in(world.chair).get("/rounds/new").status_code == 403
    assert signed_in(UserFactory()).get("/rounds/new").status_code == 404


def test_the_check_names_every_director_before_anything_is_sent(
    world: World, signed_in: Browser
) -> None:
    round = world.drafted()
    page = text(signed_in(world.officer).get(at("round_invite", round)))
    assert "You are about to e-mail 3 directors" in page
    assert "Invite 3 authorities" in page
    assert [director.name in page for director in world.directors] == [True] * 3
    assert "The day self-assessments are due has passed" in page


def test_without_a_director_the_check_says_whom_to_invite(world: World, signed_in: Browser) -> None:
    Membership.objects.filter(user=world.directors[1]).delete()
    client, round = signed_in(world.officer), world.drafted()
    page = text(client.get(at("round_invite", round)))
    assert "Nobody is director yet in 1 of the authorities" in page
    assert (
        f"{reverse('person_invite')}?authority={world.authorities[1].pk}&amp;role=director" in page
    )
    assert "Invite 3 authorities" not in page
    answer = client.post(at("round_invite", round), follow=True)
    assert f"Nobody is director yet of {world.authorities[1]}" in text(answer)
    round.refresh_from_db()
    assert round.state == RoundState.DRAFT


def test_pressing_invite_twice_is_kindly_refused(world: World, signed_in: Browser) -> None:
    client, round = signed_in(world.officer), world.drafted()
    assert client.post(at("round_invite", round)).url == at("round", round)
    again = client.post(at("round_invite", round), follow=True)
    assert "have been invited already" in text(again)
    run_effects()
    assert len(mail.outbox) == 3


def test_a_draft_says_what_is_missing(world: World, signed_in: Browser) -> None:
    Membership.objects.filter(user=world.directors[1]).delete()
    page = text(signed_in(world.officer).get(at("round", world.drafted())))
    assert "nobody has been told of it yet" in page
    assert f"Nobody is director yet in {world.authorities[1]}." in page
    assert "Check and invite" in page


def test_a_chair_sees_the_overview_and_no_work(world: World, signed_in: Browser) -> None:
    round = world.opened()
    page = text(signed_in(world.chair).get(at("round", round)))
    assert "3 authorities" in page
    assert "Needs you this week" not in page
    assert reverse("round_match", args=[round.pk]) not in page


def test_directors_are_told_that_the_overview_is_the_boards(
    world: World, signed_in: Browser
) -> None:
    answer = signed_in(world.directors[0]).get(at("round", world.opened()))
    assert answer.status_code == 403
    assert "Only the board sees how every authority" in text(answer)


def test_a_wrong_sort_is_the_usual_one(world: World, signed_in: Browser) -> None:
    round = world.opened()
    for query in ("?sort=nonsense&order=sideways", "?sort=%00", "?sort=stage&order=down"):
        assert signed_in(world.officer).get(at("round", round) + query).status_code == 200


def test_settings_change_a_draft(world: World, signed_in: Browser) -> None:
    client, round = signed_in(world.officer), world.drafted()
    shown = client.get(at("round_settings", round)).context["form"]
    assert shown.initial["name"] == round.name
    assert [shown.initial[f"area_{n}"] for n in (1, 2, 3)] == [
        "Adoption",
        "Diversion from care",
        "Thresholds",
    ]
    version = shown.initial["version"]
    answer = client.post(
        at("round_settings", round), filled_in(world, name="Spring", version=version)
    )
    assert answer.url == at("round", round)
    round.refresh_from_db()
    assert round.name == "Spring"


def test_the_later_of_two_officers_sees_what_is_saved_before_overwriting_it(
    world: World, signed_in: Browser
) -> None:
    client, round = signed_in(world.officer), world.drafted()
    seen = client.get(at("round_settings", round)).context["form"].initial["version"]
    client.post(at("round_settings", round), filled_in(world, name="Theirs", version=seen))
    answer = client.post(at("round_settings", round), filled_in(world, name="Mine", version=seen))
    assert "Somebody changed this round while you had this page open" in text(answer)
    assert [said in text(answer) for said in ("Theirs", 'value="Mine"')] == [True, True]
    round.refresh_from_db()
    assert round.name == "Theirs"
    again = answer.context["form"].data["version"]
    client.post(at("round_settings", round), filled_in(world, name="Mine", version=again))
    round.refresh_from_db()
    assert round.name == "Mine"


def test_settings_of_an_open_round_are_only_shown(world: World, signed_in: Browser) -> None:
    client, round = signed_in(world.officer), world.opened()
    page = text(client.get(at("round_settings", round)))
    assert "The authorities have been invited" in page
    assert "govuk-input" not in page
    answer = client.post(at("round_settings", round), filled_in(world, name="Spring"))
    assert answer.status_code == 403
    round.refresh_from_db()
    assert round.name != "Spring"


def test_a_draft_is_cancelled_and_a_second_press_is_harmless(
    world: World, signed_in: Browser
) -> None:
    client, round = signed_in(world.officer), world.drafted()
    for _ in range(2):
        assert client.post(at("round_cancel", round)).url == "/rounds"
    page = text(client.get("/rounds"))
    assert "Past rounds" in page
    assert "Cancelled" in page
    assert client.get(at("round", round)).status_code == 200
    assert client.post(at("round_cancel", world.opened())).status_code == 403


OFFICERS_PAGES = [
    *("round_invite", "round_match", "round_match_confirm"),
    *("round_visits", "round_visits_send", "round_settings"),
]


@pytest.mark.parametrize("name", OFFICERS_PAGES)
def test_pages_are_the_officers_own(world: World, signed_in: Browser, name: str) -> None:
    round = world.opened()
    statuses = {
        who: signed_in(user).get(at(name, round)).status_code
        for who, user in {
            "chair": world.chair,
            "director": world.directors[0],
            "reviewer": world.person(Role.REVIEWER),
            "officer elsewhere": World().officer,
        }.items()
    }
    assert statuses == {"chair": 403, "director": 403, "reviewer": 404, "officer elsewhere": 404}
    assert Client().get(at(name, round)).url.startswith("/sign-in")


def test_tabs_are_those_the_person_may_open(world: World, signed_in: Browser) -> None:
    round = world.opened()
    for user, labels in (
        (world.chair, ["Overview", "History"]),
        (
            world.officer,
            [
                *("Overview", "Questions", "Areas", "Match", "Visits", "Teams"),
                *("Self-assessments", "Letters", "Messages", "History", "Settings"),
            ],
        ),
    ):
        tabs = signed_in(user).get(at("round", round)).context["sub_navigation"]
        assert [tab.label for tab in tabs] == labels
        assert [tab.label for tab in tabs if tab.active] == ["Overview"]
        statuses = [signed_in(user).get(tab.url).status_code for tab in tabs]
        assert statuses == [200] * len(tabs)
