"""What a region's letters begin with, as its officers write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from authorities.models import User
from feedback import actions
from feedback.models import LetterTemplate
from tests.feedback.conftest import Happened
from tests.world import World

Browser = Callable[[User], Client]


def boxes(template: LetterTemplate, **texts: str) -> dict[str, Any]:
    """What the form sends: every part as it is, but for these texts."""
    data = {
        "edits": template.edits,
        "order": ",".join(f"{row['key']}:{row['kind']}" for row in template.parts),
    }
    for row in template.parts:
        data[f"heading_{row['key']}"] = row["heading"]
        data[f"text_{row['key']}"] = texts.get(row["key"], row["text"])
    return data


def begun(world: World) -> LetterTemplate:
    return actions.begin_letter_template(world.region, "paired_visits", by=world.officer)


def test_an_officer_writes_a_version_tries_it_releases_it_and_letters_begin_with_it(
    world: World, browser: Browser
) -> None:
    happened = Happened()
    officer = browser(world.officer)
    listed = reverse("letter_templates", args=[world.region.pk])
    assert officer.get(listed).content.decode().count("Begin the region’s own") == 6
    begin = reverse("letter_template_begin", args=[world.region.pk, "paired_visits"])
    first = officer.post(begin)
    assert officer.post(begin).url == first.url
    template = LetterTemplate.objects.get()
    page = first.url
    assert "Move up" in officer.get(page).content.decode()
    pasted = "<p>Written by {lead}.</p><script>x</script><ul><li>for {host}</li></ul>"
    officer.post(page, boxes(template, opening=pasted) | {"press": "down:opening"})
    template.refresh_from_db()
    assert [row["key"] for row in template.parts][:2] == ["status", "opening"]
    assert template.parts[1]["text"] == "Written by {lead}.\n- for {host}"
    preview = officer.get(reverse("letter_template_preview", args=[template.pk]))
    assert "Written by A Leader." in preview.content.decode()
    release = reverse("letter_template_release", args=[template.pk])
    assert "Nothing is missing" in officer.get(release).content.decode()
    # A letter calls the answers to its host's questions so.
    answers = boxes(template) | {"order": "line-1:text,findings:findings"}
    assert officer.post(page, answers | {"edits": template.edits}).status_code == 422
    other_tab = officer.post(release, {"edits": template.edits - 1})
    assert other_tab.url == reverse("letter_template_preview", args=[template.pk])
    read = {"edits": template.edits}
    assert officer.post(release, read).url == officer.post(release, read).url == listed
    challenge = world.visited()
    letter = actions.draft_letter(challenge, by=world.lead_of(challenge))
    assert letter.template == template
    assert [part.key for part in letter.parts.all()][:2] == ["status", "opening"]
    assert letter.parts.get(key="opening").text.startswith("Written by ")
    assert "{" not in letter.parts.get(key="opening").text
    template.refresh_from_db()
    refused = officer.post(page, boxes(template, opening="Later"))
    assert refused.status_code == 409
    assert "A released version never changes" in refused.text
    assert ">\nLater</textarea>" in refused.text or ">Later</textarea>" in refused.text
    assert [verb for verb in happened.verbs if verb.startswith("letter_template")] == [
        "letter_template.begun",
        "letter_template.edited",
        "letter_template.released",
    ]


def test_two_who_write_at_once_are_shown_both_and_nothing_is_lost(
    world: World, browser: Browser
) -> None:
    template = begun(world)
    page = reverse("letter_template", args=[template.pk])
    mine = boxes(template, opening="Mine")
    browser(world.officer).post(page, boxes(template, opening="Theirs"))
    clash = browser(world.officer).post(page, mine)
    shown = clash.content.decode()
    assert clash.status_code == 409
    assert shown.index("Theirs") < shown.index("Mine</textarea>")
    assert "1. Introduction and thanks</h2>" in shown
    browser(world.officer).post(page, mine | {"edits": 1})
    template.refresh_from_db()
    assert template.parts[0]["text"] == "Mine"


def test_an_unknown_place_stops_its_release_and_a_draft_can_be_deleted(
    world: World, browser: Browser
) -> None:
    template = begun(world)
    officer = browser(world.officer)
    page = reverse("letter_template", args=[template.pk])
    officer.post(page, boxes(template, opening="Dear {all}") | {"press": "remove:themes"})
    brought = officer.get(page).text
    assert 'value="back:' not in brought
    template.refresh_from_db()
    officer.post(page, boxes(template) | {"press": "remove:status"})
    assert "“What this letter is, and what it is not”, as it was before" in officer.get(page).text
    template.refresh_from_db()
    officer.post(page, boxes(template) | {"press": "back:status"})
    template.refresh_from_db()
    assert (template.parts[-1]["key"], template.parts[-1]["text"] != "") == ("status", True)
    release = officer.post(reverse("letter_template_release", args=[template.pk]))
    assert release.status_code == 409
    assert "change “{all}” in “Introduction and thanks”" in release.content.decode()
    discard = reverse("letter_template_discard", args=[template.pk])
    assert "What was written in it is lost" in officer.get(discard).text
    assert LetterTemplate.objects.count() == 1
    officer.post(discard)
    assert not LetterTemplate.objects.exists()


def test_only_officers_and_the_approver_read_what_letters_begin_with(
    world: World, client: Client
) -> None:
    listed = reverse("letter_templates", args=[world.region.pk])
    preview = reverse("letter_template_preview", args=[begun(world).pk])
    for person, answer in ((world.approver, 200), (world.chair, 404)):
        client.force_login(person)
        assert client.get(listed).status_code == answer
        assert client.get(preview).status_code == answer


def test_the_approver_reads_what_letters_begin_with_and_begins_no_version(
    world: World, client: Client
) -> None:
    client.force_login(world.approver)
    begin = reverse("letter_template_begin", args=[world.region.pk, "paired_visits"])
    assert client.post(begin).status_code == 403
    assert not LetterTemplate.objects.exists()
