"""The pages on which both sides write and agree what a visit looks at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import Round
from rounds.states import ChallengeState
from tests.rounds.conftest import words
from tests.rounds.teamed import Teamed
from tests.world import World

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


@pytest.fixture
def it(world: World, accepted: Round) -> Teamed:
    return Teamed.of(world, accepted)


def at(name: str, it: Teamed, *more: int) -> str:
    return reverse(name, args=[it.challenge.pk, *more])


def test_a_line_is_written_on_the_page_and_its_parts_beside_it(
    it: Teamed, signed_in: SignedIn
) -> None:
    lead = signed_in(it.lead)
    page = words(lead.get(at("challenge_scope", it)))
    assert "To be agreed 8 weeks before the first day on site." in page
    assert lead.post(at("challenge_scope", it), {"text": ""}).status_code == 422
    lead.post(at("challenge_scope", it), {"text": "Thresholds & <b>"})
    line = it.challenge.lines.get()
    lead.post(at("challenge_scope_limb_add", it, line.pk), {"text": "At night"})
    page = words(lead.get(at("challenge_scope", it)))
    assert "1. Thresholds &amp; &lt;b&gt;" in page
    assert "At night" in page


def test_a_scope_that_is_late_says_so(it: Teamed, signed_in: SignedIn) -> None:
    it.dated(2)
    assert "It was to be agreed by " in words(signed_in(it.lead).get(at("challenge_scope", it)))
    it.agreed()
    page = words(signed_in(it.lead).get(at("challenge_scope", it)))
    assert "to be agreed" not in page.lower()


def test_questions_are_taken_several_at_once_and_lead_back_to_the_answer(
    it: Teamed, signed_in: SignedIn
) -> None:
    host = signed_in(it.organiser)
    address = at("challenge_scope_questions", it)
    assert "Select at least one question" in words(host.post(address, {}))
    first, second = it.round.sections.all()[:2]
    asked = [first.questions.first(), second.questions.first()]
    host.post(address, {f"section_{n}": [one.pk] for n, one in enumerate(asked)})
    assert [line.question for line in it.challenge.lines.all()] == asked
    page = words(host.get(at("challenge_scope", it)))
    own = it.challenge.host.self_assessment
    assert reverse("self_assessment_section", args=[own.pk, first.key]) in page
    assert asked[0].text not in words(host.get(address))
    assert signed_in(it.lead).get(address).status_code == 403
    page = words(signed_in(it.lead).get(at("challenge_scope", it)))
    assert f"From the self-assessment: {first.title}." in page
    assert reverse("self_assessment_section", args=[own.pk, first.key]) not in page


def test_two_people_at_one_line_both_see_both_texts(it: Teamed, signed_in: SignedIn) -> None:
    line = actions.add_line(it.challenge, "One", by=it.lead)
    address, seen = at("challenge_scope_line", it, line.pk), line.seen
    assert signed_in(it.lead).post(address, {"text": "Theirs", "seen": seen}).status_code == 302
    answer = signed_in(it.director).post(address, {"text": "Mine", "seen": seen})
    page = words(answer)
    assert answer.status_code == 422
    assert "both texts are on this page" in page
    assert "Theirs" in page
    assert "Mine" in page
    now = answer.context["form"]["seen"].value()
    signed_in(it.director).post(address, {"text": "Mine", "seen": now})
    assert it.challenge.lines.get().text == "Mine"


def test_what_is_gone_is_said_and_nothing_breaks(it: Teamed, signed_in: SignedIn) -> None:
    line = actions.add_line(it.challenge, "One", by=it.lead)
    limb = actions.add_limb(line, "a", by=it.lead)
    places = [
        at("challenge_scope_line", it, line.pk),
        at("challenge_scope_line_remove", it, line.pk),
        at("challenge_scope_limb", it, limb.pk),
        at("challenge_scope_limb_remove", it, limb.pk),
    ]
    client = signed_in(it.lead)
    assert "Its parts go with it" in words(client.get(places[1]))
    client.post(places[1])
    for place in places:
        answer = client.post(place, {"text": "Two"}, follow=True)
        assert answer.status_code == 200
        assert "taken out" in words(answer)
    moved = {"line_up": line.pk}
    assert client.post(at("challenge_scope_move", it), moved).status_code == 404
    assert client.post(at("challenge_scope_move", it)).status_code == 302
    assert client.post(at("challenge_scope_limb_add", it, line.pk)).status_code == 404


def test_a_press_moves_a_line_and_a_part(it: Teamed, signed_in: SignedIn) -> None:
    one, two = (actions.add_line(it.challenge, text, by=it.lead) for text in ("One", "Two"))
    a, b = (actions.add_limb(two, text, by=it.lead) for text in ("a", "b"))
    client = signed_in(it.organiser)
    answer = client.post(at("challenge_scope_move", it), {"line_up": two.pk})
    assert answer["Location"].endswith(f"#line-{two.pk}")
    client.post(at("challenge_scope_move", it), {"limb_down": a.pk})
    assert list(it.challenge.lines.all()) == [two, one]
    assert list(two.limbs.all()) == [b, a]


def test_both_agree_by_one_press_each_and_are_warned_before_a_word_is_changed(
    it: Teamed, signed_in: SignedIn
) -> None:
    line = actions.add_line(it.challenge, "One", by=it.lead)
    host, lead = signed_in(it.director), signed_in(it.lead)
    agree, page = at("challenge_scope_agree", it), at("challenge_scope", it)
    version = host.get(page).context["page"].version
    actions.add_limb(line, "a", by=it.lead)
    answer = host.post(agree, {"version": version}, follow=True)
    assert "Somebody changed a word meanwhile" in words(answer)
    version = host.get(page).context["page"].version
    assert "We have asked the other side" in words(
        host.post(agree, {"version": version}, follow=True)
    )
    assert "Agree and tell both sides" in words(lead.get(page))
    assert "Agreed by both sides" in words(lead.post(agree, {"version": version}, follow=True))
    assert it.again().state == ChallengeState.SCOPED
    assert "This undoes both agreements" in words(host.get(at("challenge_scope_line", it, line.pk)))
    host.post(at("challenge_scope_unagree", it))
    assert it.again().state == ChallengeState.ACCEPTED


def test_the_area_is_taken_by_one_press_where_there_is_one(it: Teamed, signed_in: SignedIn) -> None:
    client = signed_in(it.lead)
    answer = client.post(at("challenge_scope_area", it), follow=True)
    assert "has not chosen its area yet" in words(answer)
    actions.choose_area(
        it.challenge.host.self_assessment, own_area="Adoption", reason="Slow", by=it.director
    )
    assert "Take this area" in words(client.get(at("challenge_scope", it)))
    client.post(at("challenge_scope_area", it))
    assert "Take this area" not in words(client.get(at("challenge_scope", it)))
    assert it.challenge.lines.get().text == "Adoption"


def test_the_page_asks_as_often_for_three_lines_as_for_one(it: Teamed, signed_in: SignedIn) -> None:
    client = signed_in(it.director)
    questions = [section.questions.first() for section in it.round.sections.all()[:3]]
    counts = []
    for take in (questions[:1], questions[1:]):
        for line in actions.take_questions(it.challenge, [q.pk for q in take], by=it.director):
            for text in "abc"[: len(take) + 1]:
                actions.add_limb(line, text, by=it.director)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(at("challenge_scope", it))
        counts.append(len(queries))
    assert it.challenge.lines.count() == 3
    assert counts[0] == counts[1]
