"""What the days of visits keep to, changed by officers."""

from __future__ import annotations

from datetime import date, timedelta

from peerchallenge.audit.models import Event
from rounds.models import Round
from tests.rounds.views.test_visits import Browser, at, text
from tests.world import World


def sent(first: date, last: date, seen: str, **more: object) -> dict[str, object]:
    days = {
        f"{name}_{part}": getattr(day, part)
        for name, day in (("visits_from", first), ("visits_to", last))
        for part in ("day", "month", "year")
    }
    gaps = {"least_feedback": 3, "most_feedback": 14}
    return {**days, **gaps, "a_week_most": "", "seen": seen, **more}


def test_an_officer_gives_visits_more_time(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    client, address = signed_in(world.officer), at("round_visits_rules", accepted)
    seen = client.get(address).context["form"].initial["seen"]
    later = accepted.visits_to + timedelta(weeks=2)
    rules = sent(accepted.visits_from, later, seen, a_week_most=2)
    page = text(client.post(address, rules, follow=True))
    assert "The rules have been changed." in page
    round = Round.objects.get(pk=accepted.pk)
    assert (round.visits_to, round.format.visits_a_week_most) == (later, 2)
    assert [(p.gap_least, p.gap_most) for p in round.format.phases if p.after] == [(3, 14)]
    assert Event.objects.filter(verb="round.date_rules_changed").count() == 1
    # A second tab still shows the old ones.
    page = text(client.post(address, sent(accepted.visits_from, later, seen)))
    assert "Somebody changed these rules" in page
    assert Round.objects.get(pk=accepted.pk).format.visits_a_week_most == 2


def test_what_cannot_be_is_said_beside_its_box(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    client, address = signed_in(world.officer), at("round_visits_rules", accepted)
    seen = client.get(address).context["form"].initial["seen"]
    first = accepted.visits_from
    rules = sent(first, first - timedelta(days=1), seen, least_feedback=9, most_feedback=5)
    answer = client.post(address, rules)
    assert set(answer.context["form"].errors) == {"visits_to", "most_feedback"}


def test_before_the_matches_the_settings_say_it(world: World, signed_in: Browser) -> None:
    round = world.opened()
    client, address = signed_in(world.officer), at("round_visits_rules", round)
    assert "Confirm the matches first" in text(client.get(address))
    assert client.post(address, {}).status_code == 403
