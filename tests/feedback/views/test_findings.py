from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import User
from feedback.models import Finding
from feedback.states import FindingKind
from rounds.models import Challenge
from tests.feedback.conftest import PERSONAS, Happened, cast
from tests.world import FINDING_TOKEN, WORDING_TOKEN, World

Browser = Callable[[User], Client]
NEW = {
    "team_text": "Duty desk rings back within the hour.",
    "kind": "strength",
    "theme": "Working together",
    "own_theme": "",
}


def page(challenge: Challenge) -> str:
    return reverse("challenge_findings", args=[challenge.pk])


class TestTheTeamsFindings:
    def test_are_seen_by_the_team_refused_to_the_rest_and_unknown_to_strangers(
        self, world: World, browser: Browser
    ) -> None:
        challenge = world.visited()
        answers, told = {}, set()
        for name, user in cast(world, challenge).items():
            response = browser(user).get(page(challenge))
            answers[name] = response.status_code
            told |= {name} if FINDING_TOKEN in response.text else set()
        knows_of_it = {
            "director",
            "authority_officer",
            "lead_member",
            "officer",
            "approver",
            "chair",
        }
        assert told == {"lead", "member"}
        assert answers == {
            name: 200 if name in told else 403 if name in knows_of_it else 404 for name in PERSONAS
        }

    def test_are_grouped_by_theme_in_the_formats_order_and_counted(
        self, world: World, browser: Browser
    ) -> None:
        challenge = world.visited()
        response = browser(world.lead_of(challenge)).get(page(challenge))
        found = response.context["found"]
        assert [group.name for group in found.groups] == [
            "Leadership and direction",
            "Early help and prevention",
        ]
        assert [(kind.label, kind.number) for kind in found.kinds] == [
            ("All", 4),
            ("Strengths", 1),
            ("Areas for consideration", 2),
            ("Good practice", 1),
        ]

    @pytest.mark.parametrize("kind", ["strength", "nothing", "\x00"])
    def test_are_filtered_by_kind_and_by_nothing_else(
        self, kind: str, world: World, browser: Browser
    ) -> None:
        challenge = world.visited()
        lead = browser(world.lead_of(challenge))
        found = lead.get(page(challenge), {"kind": kind, "page": "0"}).context["found"]
        shown = [row.finding.kind for group in found.groups for row in group.rows]
        assert len(shown) == (1 if kind == "strength" else 4)

    def test_of_a_long_visit_come_in_pages(self, world: World, browser: Browser) -> None:
        challenge = world.visited()
        lead = world.lead_of(challenge)
        Finding.objects.bulk_create(
            Finding(
                challenge=challenge,
                kind=FindingKind.STRENGTH,
                theme="Outcomes, data and learning",
                team_text=f"Number {number}. " + "Words of a real length. " * 10,
                written_by=lead,
            )
            for number in range(196)
        )
        response = browser(lead).get(page(challenge))
        assert response.context["found"].page.paginator.count == 200
        assert len(response.context["found"].page.object_list) == 40
        assert len(response.content) < 45_000

    def test_take_as_many_queries_for_three_as_for_one(
        self, world: World, browser: Browser
    ) -> None:
        challenge = world.visited()
        lead, member = world.lead_of(challenge), world.member_of(challenge)
        client, counts = browser(lead), []
        for keep in (3, 1):
            kept = challenge.findings.values_list("pk", flat=True)[:keep]
            challenge.findings.exclude(pk__in=list(kept)).delete()
            challenge.findings.filter(pk=kept[0]).update(written_by=member)
            client.get(page(challenge))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(page(challenge))
            counts.append(len(queries))
        assert counts[0] == counts[1]
        assert counts[0] <= 32


class TestRecordingOne:
    def test_saves_it_and_starts_the_next_on_the_same_theme(
        self, world: World, browser: Browser
    ) -> None:
        challenge = world.visited()
        member = world.member_of(challenge)
        response = browser(member).post(page(challenge), NEW)
        assert (response.status_code, response["Location"]) == (302, page(challenge))
        finding = Finding.objects.latest("pk")
        assert finding.team_text == NEW["team_text"]
        assert (finding.written_by, finding.theme) == (member, "Working together")
        response = browser(member).get(page(challenge))
        assert response.context["form"].initial["theme"] == "Working together"

    def test_asks_for_what_is_missing(self, world: World, browser: Browser) -> None:
        challenge = world.visited()
        response = browser(world.lead_of(challenge)).post(page(challenge), {"theme": ""})
        assert response.status_code == 200
        assert response.context["form"].errors == {
            "team_text": ["Enter what you saw or heard"],
            "kind": ["Select whether it is a strength, an area for consideration or good practice"],
            "theme": ["Select the theme"],
        }
        assert "<title>Error: Findings" in response.text
        assert challenge.findings.count() == 4

    def test_takes_a_theme_of_the_teams_own(self, world: World, browser: Browser) -> None:
        challenge = world.visited()
        client = browser(world.lead_of(challenge))
        client.post(page(challenge), {**NEW, "own_theme": "Fathers"})
        assert Finding.objects.latest("pk").theme == "Fathers"
        assert "Fathers" in client.get(page(challenge)).context["form"].fields["theme"].choices[-1]

    def test_keeps_the_words_when_the_letter_has_gone_meanwhile(
        self, world: World, browser: Browser
    ) -> None:
        letter = world.letter_with_host()
        response = browser(letter.drafted_by).post(page(letter.challenge), NEW)
        assert response.status_code == 200
        assert "its findings stand" in response.text
        assert NEW["team_text"] in response.text

    def test_escapes_what_is_typed(self, world: World, browser: Browser) -> None:
        challenge = world.visited()
        attack = "<script>alert(1)</script>"
        client = browser(world.lead_of(challenge))
        client.post(page(challenge), {**NEW, "team_text": attack, "own_theme": attack})
        assert Finding.objects.latest("pk").team_text == attack
        assert attack not in client.get(page(challenge)).text


class TestChangingOne:
    def changes(self, finding: Finding, **other: str) -> dict[str, str]:
        kept = {
            "team_text": finding.team_text,
            "letter_text": finding.letter_text,
            "kind": finding.kind,
            "theme": finding.theme,
            "own_theme": "",
            "for_letter": "on",
            "seen": finding.seen,
        }
        return {**kept, **other}

    def test_is_unknown_to_everybody_but_the_team(self, world: World, browser: Browser) -> None:
        challenge = world.visited()
        finding = challenge.findings.first()
        for name in ("finding_edit", "finding_delete"):
            answers = {
                who: browser(user).get(reverse(name, args=[finding.pk])).status_code
                for who, user in cast(world, challenge).items()
            }
            assert {who for who, status in answers.items() if status == 200} == {"lead", "member"}
            assert set(answers.values()) == {200, 404}

    def test_saves_the_letters_words(self, world: World, browser: Browser) -> None:
        challenge = world.visited()
        finding = challenge.findings.first()
        address = reverse("finding_edit", args=[finding.pk])
        changes = self.changes(finding, letter_text="In other words")
        del changes["for_letter"]
        response = browser(world.member_of(challenge)).post(address, changes)
        assert response["Location"] == page(challenge)
        finding.refresh_from_db()
        assert (finding.letter_text, finding.for_letter) == ("In other words", False)

    def test_shows_both_texts_when_somebody_was_first(self, world: World, browser: Browser) -> None:
        challenge = world.visited()
        finding = challenge.findings.first()
        address = reverse("finding_edit", args=[finding.pk])
        mine = self.changes(finding, team_text="What I say")
        theirs = self.changes(finding, team_text="What they say")
        browser(world.member_of(challenge)).post(address, theirs)
        lead = browser(world.lead_of(challenge))
        response = lead.post(address, mine)
        assert response.status_code == 409
        assert "What I say" in response.text
        assert "What they say" in response.text
        assert Finding.objects.get(pk=finding.pk).team_text == "What they say"
        again = {**mine, "seen": response.context["form"]["seen"].value()}
        assert lead.post(address, again).status_code == 302
        assert Finding.objects.get(pk=finding.pk).team_text == "What I say"

    def test_asks_before_it_deletes(self, world: World, browser: Browser) -> None:
        challenge = world.visited()
        finding = challenge.findings.first()
        lead = browser(world.lead_of(challenge))
        address = reverse("finding_delete", args=[finding.pk])
        assert "Delete this finding?" in lead.get(address).text
        assert Finding.objects.filter(pk=finding.pk).exists()
        assert lead.post(address)["Location"] == page(challenge)
        assert not Finding.objects.filter(pk=finding.pk).exists()


def test_reading_the_findings_is_recorded(world: World, browser: Browser) -> None:
    challenge = world.visited()
    happened = Happened()
    response = browser(world.lead_of(challenge)).get(page(challenge))
    assert happened.verbs == ["findings.read"]
    assert WORDING_TOKEN not in response.text
    client, key = browser(world.lead_of(challenge)), challenge.findings.first().pk
    for name in ("finding_edit", "finding_sources", "finding_delete"):
        client.get(reverse(name, args=[key]))
    client.get(reverse("challenge_findings_alike", args=[challenge.pk]))
    of = {"of": challenge.findings.first().theme}
    client.get(reverse("challenge_findings_order", args=[challenge.pk]), of)
    two = {"finding": list(challenge.findings.values_list("pk", flat=True)[:2])}
    client.get(reverse("challenge_findings_merge", args=[challenge.pk]), two)
    assert happened.verbs == ["findings.read"] * 7
