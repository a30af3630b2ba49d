"""Home says what needs somebody, by when; and nothing that is not theirs."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from feedback import actions as feedback
from feedback.queries.deadlines import after_visit
from peerchallenge.outbox.models import Effect
from peerchallenge.queries.home import Home, home_of
from rounds import actions as rounds
from rounds.models import Round
from rounds.queries.overview import overview_of, standings
from rounds.states import ChallengeState
from tests.world import ANSWER_TOKEN, FINDING_TOKEN, LETTER_TOKEN, World, fresh, run_effects

pytestmark = pytest.mark.django_db


def home(user: User) -> Home:
    return home_of(fresh(user))


def titles(user: User) -> list[str]:
    return [need.title for need in home(user).needs]


def test_nothing_needs_anybody_before_there_is_a_round(client: Client, world: World) -> None:
    for user in (world.officer, world.chair, world.approver, world.directors[0]):
        client.force_login(user)
        page = client.get("/").content.decode()
        assert "Nothing needs you today" in page


def test_a_draft_asks_its_officer_to_invite_and_nobody_else(world: World) -> None:
    round = world.drafted()
    assert titles(world.officer) == [f"Check {round.name} and invite its authorities"]
    assert home(world.officer).needs[0].url == f"/rounds/{round.pk}/invite"
    assert titles(world.directors[0]) == []
    assert home(world.chair).rounds == []


def test_a_director_starts_finishes_and_has_sent_the_self_assessment(world: World) -> None:
    round = world.opened()
    director, own = world.directors[0], round.participations.get(authority=world.authorities[0])
    need = home(director).needs[0]
    assert need.title == "Start the self-assessment"
    assert need.status == "Overdue"
    assert need.url == f"/self-assessment/{own.self_assessment.pk}"
    world.answered(own)
    assert titles(director) == ["Finish the self-assessment and send it"]
    assert titles(world.person(Role.AUTHORITY_OFFICER)) == [
        "Finish the self-assessment and send it"
    ]
    assert titles(world.person(Role.LEAD_MEMBER)) == []
    rounds.submit_self_assessment(own.self_assessment, by=fresh(director))
    assert titles(director) == ["Say what you can give"]
    rounds.give_as_asked(own, by=fresh(director))
    assert titles(director) == []
    assert home(director).parts[0].hint.startswith("Sent on")
    rounds.return_self_assessment(own.self_assessment, reason="One more thing", by=world.officer)
    assert titles(director) == ["Change the self-assessment and send it again"]


def test_a_date_that_is_near_is_said_to_be(world: World) -> None:
    round = world.opened()
    today = timezone.localdate()
    Round.objects.filter(pk=round.pk).update(self_assessment_due=today + timedelta(days=7))
    assert home(world.directors[0]).needs[0].status == "Soon"
    assert home(world.directors[0]).dates[0].day == today + timedelta(days=7)
    Round.objects.filter(pk=round.pk).update(self_assessment_due=today + timedelta(days=8))
    assert home(world.directors[0]).needs[0].status == "To do"


def test_each_side_answers_its_offer(world: World) -> None:
    round = world.offered()
    challenge = round.challenges.with_both_sides().get(host__authority=world.authorities[0])
    host, challenger = challenge.host_authority, challenge.challenger_authority
    assert f"Answer the offer: {challenger} would challenge you" in titles(world.directors[0])
    assert f"Answer the offer: you would challenge {host}" in titles(world.director_of(challenger))
    rounds.accept_challenge(challenge, by=fresh(world.directors[0]))
    assert f"Answer the offer: {challenger} would challenge you" not in titles(world.directors[0])
    assert "Matches offered" in titles(world.officer)


def test_the_challenger_names_a_lead_who_chooses_a_team(world: World) -> None:
    round = world.accepted()
    challenge = world.first(round)
    director = world.director_of(challenge.challenger_authority)
    name = f"Name who leads the challenge of {challenge.host_authority}"
    hosting = round.challenges.with_both_sides().get(host=challenge.challenger)
    to_write = f"Write the lines of enquiry: {hosting.challengers_said}"
    assert titles(director) == [name, to_write]
    lead = world.person(Role.REVIEWER, challenge.challenger_authority)
    rounds.name_lead(challenge, lead, by=fresh(director))
    assert titles(director) == [to_write]
    to_write = f"Write the lines of enquiry: {challenge.host_authority}"
    assert titles(lead) == [f"Choose your team for {challenge.host_authority}", to_write]
    member = world.person(Role.REVIEWER, challenge.challenger_authority)
    rounds.seat_team_member(challenge, member, by=fresh(lead))
    assert titles(lead) == [to_write]


def test_the_officer_sets_days_and_sends_them(world: World) -> None:
    round = world.teamed()
    need = home(world.officer).needs[0]
    assert (need.title, need.url) == ("3 visits", f"/rounds/{round.pk}/visits")
    assert need.hint.startswith("No days yet")


def test_findings_and_the_letter_are_the_teams(world: World) -> None:
    challenge = world.visited()
    lead, member = world.lead_of(challenge), world.member_of(challenge)
    host = challenge.host_authority
    assert titles(lead) == titles(member) == [f"Record what you find in {host}"]
    past = timezone.localdate() - timedelta(days=40)
    challenge.days.update(day=past)
    assert titles(lead) == [f"Draft the letter to {host}"]
    assert home(lead).needs[0].status == "Overdue"
    challenge.days.update(day=past - timedelta(days=800))
    due = after_visit(World.again(challenge), "letter_drafted")
    assert home(lead).needs[0].hint.endswith(f"was due on {due:%A %-d %B %Y}.")
    letter = feedback.draft_letter(challenge, by=fresh(lead))
    assert titles(lead) == [f"Finish the letter to {host} and send it"]
    assert home(lead).needs[0].url == f"/letters/{letter.pk}/edit"
    assert titles(member) == []


def test_the_host_checks_and_the_approver_approves(world: World) -> None:
    letter = world.letter_with_host()
    challenge = letter.challenge
    host = world.director_of(challenge.host_authority)
    check = f"Check the letter from {challenge.challenger_authority} for accuracy"
    assert check in titles(host)
    need = next(need for need in home(host).needs if need.title == check)
    assert need.url == f"/letters/{letter.pk}/accuracy"
    assert need.by > timezone.localdate() + timedelta(days=4)
    assert titles(world.lead_of(challenge)) == []
    assert titles(world.approver) == []
    feedback.reply_on_accuracy(letter, agrees=True, by=fresh(host))
    assert check not in titles(host)
    assert titles(world.approver) == [f"Approve the letter to {challenge.host_authority}"]


def test_a_letter_with_corrections_goes_back_to_its_lead(world: World) -> None:
    letter = world.letter_with_host()
    host = world.director_of(letter.challenge.host_authority)
    feedback.reply_on_accuracy(letter, agrees=False, comment="Two facts.", by=fresh(host))
    assert titles(world.lead_of(letter.challenge)) == [
        f"Change the letter to {letter.challenge.host_authority}"
    ]
    assert titles(world.approver) == []


def test_an_approved_letter_is_the_officers_to_issue(world: World) -> None:
    letter = world.letter_approved()
    need = next(need for need in home(world.officer).needs if need.title == "Issue 1 letter")
    assert need.url == f"/rounds/{letter.challenge.round_id}/letters"


def test_an_issued_letter_is_one_click_from_home(client: Client, world: World) -> None:
    letter = world.letter_issued()
    host = world.director_of(letter.challenge.host_authority)
    for user in (host, world.lead_of(letter.challenge), world.member_of(letter.challenge)):
        client.force_login(user)
        page = client.get("/").content.decode()
        assert f'href="/letters/{letter.pk}.pdf"' in page
        assert client.get(f"/letters/{letter.pk}.pdf").content.startswith(b"%PDF-")
    for user in (world.chair, world.directors[2], world.approver):
        client.force_login(user)
        assert f"/letters/{letter.pk}.pdf" not in client.get("/").content.decode()


def test_what_could_not_be_sent_is_the_officers_to_put_right(world: World) -> None:
    round = world.opened()
    Effect.objects.filter(task="rounds.invite_participation").update(
        state="failed", ended_at=timezone.now(), error="SMTPException: no"
    )
    needs = [need for need in home(world.officer).needs if need.status == "Failed"]
    assert [(need.title, need.url) for need in needs] == [
        ("3 messages", f"/rounds/{round.pk}/messages")
    ]


def test_the_board_sees_how_many_stand_where(world: World) -> None:
    round = world.opened()
    world.sent(round.participations.first())
    card = home(world.chair).rounds[0]
    assert (card.name, card.url) == (round.name, f"/rounds/{round.pk}")
    assert {tile.label: tile.number for tile in card.tiles} == {"Invited": 2, "Submitted": 1}


def test_the_next_dates_are_those_of_visits_somebody_has_to_do_with(world: World) -> None:
    world.booked()
    lead = world.lead_of(world.first(Round.objects.get()))
    assert {coming.what for coming in home(lead).dates} == {
        f"{label}: {world.first(Round.objects.get())}" for label in ("Day 1", "Day 2")
    }
    assert len(home(world.officer).dates) == 6


def test_a_director_who_leads_has_both_sides_on_one_page(world: World) -> None:
    """Nothing hangs on what kind of user somebody is."""
    challenge = world.first(world.accepted())
    director = world.director_of(challenge.challenger_authority)
    rounds.name_lead(challenge, director, by=fresh(director))
    assert f"Choose your team for {challenge.host_authority}" in titles(director)
    assert any("Self-assessment" in part.title for part in home(director).parts)


def test_a_director_finds_what_others_have_shared(client: Client, world: World) -> None:
    round = world.shared()
    shared, *others = world.directors
    link = f"/rounds/{round.pk}/shared"
    found = [part for part in home(others[0]).parts if part.url == link]
    assert [(part.title, part.hint) for part in found] == [
        (
            "Self-assessments shared with you",
            f"1 other authority has shared theirs. {round.name}.",
        )
    ]
    client.force_login(others[0])
    assert len(client.get(link).context["lines"]) == 1
    reads_nothing = [shared, world.officer, world.person(Role.LEAD_MEMBER, world.authorities[1])]
    assert [link for one in reads_nothing for part in home(one).parts if part.url == link] == []


def test_what_is_shared_with_a_group_is_no_link_for_those_outside_it(world: World) -> None:
    round = world.shared(rule="group")
    link = f"/rounds/{round.pk}/shared"
    assert [part.title for part in home(world.directors[1]).parts if part.url == link] == []


def test_a_closed_challenge_is_nobodys_work(world: World) -> None:
    challenge = world.visited()
    type(challenge).objects.filter(pk=challenge.pk).update(state=ChallengeState.CANCELLED)
    assert titles(world.lead_of(challenge)) == []
    assert home(world.lead_of(challenge)).parts == []


def test_home_holds_no_word_of_what_was_written(client: Client, world: World) -> None:
    world.letter_with_host()
    people = [world.officer, world.chair, world.approver, *world.directors]
    for user in people:
        client.force_login(user)
        page = client.get("/").content.decode()
        for token in (ANSWER_TOKEN, FINDING_TOKEN, LETTER_TOKEN):
            assert token not in page


def count(user: User) -> int:
    with CaptureQueriesContext(connection) as captured:
        home(user)
    return len(captured)


@pytest.mark.parametrize("who", ["officer", "chair", "approver", "director", "lead"])
def test_a_larger_round_takes_no_more_queries(db: None, who: str) -> None:
    counts = []
    for size in (3, 4):
        world = World(size)
        challenge = world.letter_checked().challenge
        user = {
            "officer": world.officer,
            "chair": world.chair,
            "approver": world.approver,
            "director": world.directors[0],
            "lead": world.lead_of(challenge),
        }[who]
        counts.append(count(user))
    assert counts[0] == counts[1] <= 20


def test_mails_have_been_sent_by_then(world: World) -> None:
    """What home links to is what the mails link to."""
    world.opened()
    run_effects()
    need = home(world.directors[0]).needs[0]
    assert any(need.url in message.body for message in mail.outbox)


def test_days_in_a_row_are_all_in_the_table_and_among_the_next_dates(world: World) -> None:
    round = world.booked()
    round.format_data["phases"] = [{"id": "day1", "label": "Visit", "days": 5}]
    round.save(update_fields=["format_data"])
    challenge = world.first(round)
    challenge.days.exclude(phase="day1").delete()
    challenge.days.update(day=date(2031, 6, 9))
    lines = overview_of(standings(Round.objects.get(pk=round.pk))).lines
    [line] = [one for one in lines if one.authority == challenge.host_authority.name]
    assert line.visit == "9 to 13 Jun 2031"
    coming = home(world.lead_of(challenge)).dates
    assert [one.said for one in coming] == ["9 to 13 Jun 2031"]
