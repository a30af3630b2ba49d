from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from authorities.models import User
from feedback import actions
from feedback.models import Finding
from feedback.states import FindingKind
from rounds.models import Challenge
from tests.world import World

Browser = Callable[[User], Client]
THEME = "Working together"


def address(name: str, challenge: Challenge) -> str:
    return reverse(name, args=[challenge.pk])


def noted(challenge: Challenge, by: User, *said: str) -> list[Finding]:
    return [
        actions.record_finding(
            challenge, kind=FindingKind.STRENGTH, theme=THEME, team_text=text, by=by
        )
        for text in said
    ]


def test_findings_are_narrowed_and_laid_out_by_address(world: World, browser: Browser) -> None:
    challenge = world.visited()
    lead, member = world.lead_of(challenge), world.member_of(challenge)
    line = challenge.lines.create(position=1, text="Do plans reach children?")
    (mine,) = noted(challenge, member, "Mine")
    Finding.objects.filter(pk=mine.pk).update(line=line, for_letter=False)
    actions.give_source(mine, kind="observed", by=member)
    client = browser(lead)

    def shown(**params: object) -> list[int]:
        found = client.get(address("challenge_findings", challenge), params).context["found"]
        return [row.finding.pk for group in found.groups for row in group.rows]

    for params in (
        {"theme": THEME},
        {"line": line.pk},
        {"letter": "out"},
        {"whose": member.pk},
    ):
        assert shown(**params) == [mine.pk]
    assert mine.pk not in shown(sources="none")
    assert len(shown(line=0)) == 4
    # What nobody could choose is left out, not an error.
    assert len(shown(line="\x00", whose="9" * 40, letter="maybe", group="size")) == 5
    found = client.get(f"{address('challenge_findings', challenge)}?group=line").context["found"]
    assert [group.name for group in found.groups] == [line.text, "No line of enquiry"]


def test_the_open_page_sends_one_and_is_told_what_became_of_it(
    world: World, browser: Browser
) -> None:
    challenge = world.visited()
    client = browser(world.member_of(challenge))
    there = address("challenge_findings", challenge)
    sent = {"team_text": "Rang 07700 900123", "kind": "strength", "theme": THEME}
    sent["sent_as"] = "6fa459ea-ee8a-3ca4-894e-db77e160355e"
    for _ in range(2):
        response = client.post(there, sent, headers={"HX-Request": "true"})
        assert response.status_code == 200
        assert "<html" not in response.text
        assert "07700 900123” looks like" in response.text
    assert Finding.objects.filter(team_text=sent["team_text"]).count() == 1
    response = client.post(there, {**sent, "kind": ""}, headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert response.text.strip().startswith("Select whether it is a strength")
    words = client.post(address("challenge_findings_words", challenge), {"text": "07700 900123"})
    assert "This may identify a child" in words.text


def test_two_that_say_the_same_are_suggested_merged_and_taken_apart(
    world: World, browser: Browser
) -> None:
    challenge = world.visited()
    lead = world.lead_of(challenge)
    one, two = noted(
        challenge, lead, "The duty desk rings back quickly", "Duty desk is quick to ring back"
    )
    client = browser(lead)
    pairs = client.get(address("challenge_findings_alike", challenge)).context["pairs"]
    assert (one, two) in [(pair.first, pair.second) for pair in pairs]
    merge, keys = address("challenge_findings_merge", challenge), {"finding": [one.pk, two.pk]}
    form = client.get(merge, keys).context["form"]
    assert form["team_text"].value() == f"{one.team_text}\n\n{two.team_text}"
    sent = {name: form[name].value() for name in ("kind", "theme", "team_text", "seen")}
    Finding.objects.filter(pk=two.pk).update(team_text="It rings back")
    clash = client.post(merge, {**sent, **keys})
    assert "changed one of these findings meanwhile" in clash.text
    assert "It rings back" in clash.text
    sent["seen"] = clash.context["form"]["seen"].value()
    assert client.post(merge, {**sent, **keys}).status_code == 302
    # A second press, and one from another tab: those two stand no more.
    assert client.post(merge, {**sent, **keys}).status_code == 302
    merged = Finding.objects.latest("pk")
    page = client.get(address("challenge_findings", challenge))
    assert "Merged from 2" in page.text
    assert "It rings back" not in page.text
    apart = reverse("finding_apart", args=[merged.pk])
    assert "It rings back" in client.get(apart).text
    client.post(apart)
    assert not Finding.objects.filter(pk=merged.pk).exists()
    assert Finding.objects.standing().filter(pk__in=[one.pk, two.pk]).count() == 2


def test_the_order_is_changed_by_buttons_and_the_focus_stays(
    world: World, browser: Browser
) -> None:
    challenge = world.visited()
    lead = world.lead_of(challenge)
    _, two = noted(challenge, lead, "One", "Two")
    client = browser(lead)
    there = f"{address('challenge_findings_order', challenge)}?group=theme&of={THEME}"
    page = client.post(there, {"move": f"{two.pk}:up"}, follow=True)
    assert page.text.index(">Two<") < page.text.index(">One<")
    # It is first now: what is left to press is “Down”.
    button = page.text.partition(" autofocus")[0].rpartition("<button")[2]
    assert f'value="{two.pk}:down"' in button
    assert page.text.count(" autofocus") == 1
    for move in ("\x00", "1:sideways", f"{9**15}:up", ""):
        assert client.post(there, {"move": move}).status_code == 302
    # A group that holds nothing, or no longer: back to all of them.
    assert client.get(f"{there}s").status_code == 302


def test_sources_are_given_and_taken_back(world: World, browser: Browser) -> None:
    challenge = world.visited()
    finding = challenge.findings.first()
    client = browser(world.member_of(challenge))
    there = reverse("finding_sources", args=[finding.pk])
    assert client.post(there, {"kind": "document"}).context["form"].errors == {
        "said": ["Enter which document or figure it is"]
    }
    client.post(there, {"kind": "document", "said": "Sufficiency plan, page 4"})
    edit = client.get(reverse("finding_edit", args=[finding.pk]))
    assert "Sufficiency plan, page 4" in edit.text
    remove = reverse("finding_source_remove", args=[finding.pk, finding.sources.get().pk])
    for _ in range(2):
        assert client.post(remove)["Location"] == there
    assert finding.sources.count() == 0


def test_while_each_notes_alone_the_page_names_who_is_done_and_nothing_else(
    world: World, browser: Browser
) -> None:
    challenge = world.visited()
    lead, member = world.lead_of(challenge), world.member_of(challenge)
    actions.record_finding(
        challenge, kind=FindingKind.STRENGTH, theme="Theirs", team_text="Own words", by=member
    )
    there = address("challenge_findings", challenge)
    leader = browser(lead)
    assert "You see only what you wrote" not in leader.get(there).text
    leader.post(address("challenge_independent_begin", challenge))
    page = leader.get(there)
    assert "You see only what you wrote" in page.text
    assert f"{member.name}: not done yet" in page.text
    assert "Own words" not in page.text
    assert "Theirs" not in page.text
    assert (
        leader.get(reverse("finding_edit", args=[Finding.objects.latest("pk").pk])).status_code
        == 404
    )
    assert leader.post(reverse("letter_draft", args=[challenge.pk])).status_code == 403
    browser(member).post(address("challenge_independent_done", challenge))
    assert f"{member.name}: done" in leader.get(there).text
    assert member.name not in leader.get(address("challenge_independent_end", challenge)).text
    leader.post(address("challenge_independent_end", challenge))
    assert "Own words" in leader.get(there).text
