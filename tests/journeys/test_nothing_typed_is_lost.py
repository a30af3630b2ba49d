"""Somebody types and the world gets in the way: what is typed is saved, or stays in the page."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from authorities.states import Role
from rounds import actions
from rounds.models import Question, SelfAssessment
from tests.journeys.conftest import session_of
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

Texts = dict[str, str]


@pytest.fixture
def own(world: World) -> SelfAssessment:
    return world.opened().participations.get(authority=world.authorities[0]).self_assessment


@pytest.fixture
def context(chromium: Browser, site: str, world: World) -> Iterator[BrowserContext]:
    """The director's browser, without the checks a journey makes: here, errors are meant."""
    opened = chromium.new_context()
    sign_in(opened, site, world)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, site: str, own: SelfAssessment) -> Page:
    """The second question of the first section."""
    page = context.new_page()
    page.goto(f"{site}/self-assessment/{own.pk}/context/2")
    return page


def sign_in(context: BrowserContext, site: str, world: World) -> None:
    session = {"name": "sessionid", "value": session_of(world.directors[0]), "url": site}
    context.add_cookies([session])


def box(page: Page) -> Locator:
    return page.locator("textarea")


def says(page: Page, text: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(text)


def saved(own: SelfAssessment) -> Texts:
    return dict(own.answers.values_list("question__key", "text"))


def comes_to_be_saved(own: SelfAssessment, texts: Texts) -> None:
    """What a page sends as it is left arrives after the next page is there."""
    deadline = time.monotonic() + 60
    while saved(own) != texts and time.monotonic() < deadline:
        time.sleep(0.1)
    assert saved(own) == texts


def test_a_press_right_after_the_last_word_takes_all_words_along(
    page: Page, own: SelfAssessment
) -> None:
    box(page).press_sequentially("One two three")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/leadership/1")
    assert saved(own) == {"context_since": "One two three"}


def test_a_press_while_a_save_is_under_way_is_no_conflict_with_oneself(
    page: Page, own: SelfAssessment
) -> None:
    for number in range(5):
        box(page).fill(f"Words {number}")
        box(page).blur()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/leadership/1")
    assert saved(own) == {"context_since": "Words 4"}


def test_a_link_right_after_the_last_word_leaves_nothing_behind(
    page: Page, own: SelfAssessment
) -> None:
    box(page).press_sequentially("One two three")
    page.get_by_role("link", name="Previous question").click()
    page.wait_for_url("**/context/1")
    comes_to_be_saved(own, {"context_since": "One two three"})


def test_without_a_connection_the_text_stays_and_is_saved_when_it_is_back(
    context: BrowserContext, page: Page, own: SelfAssessment
) -> None:
    context.set_offline(True)
    box(page).fill("Written on the train")
    says(page, "Not saved: there is no connection.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("status").first).to_be_focused()
    assert page.url.endswith("/context/2")
    assert box(page).input_value() == "Written on the train"
    assert saved(own) == {}
    context.set_offline(False)
    says(page, "Saved at")
    assert saved(own) == {"context_since": "Written on the train"}


def test_signed_out_the_text_stays_and_is_saved_after_signing_in_again(
    context: BrowserContext, page: Page, site: str, world: World, own: SelfAssessment
) -> None:
    context.clear_cookies()
    box(page).fill("Written after lunch")
    says(page, "Not saved: you are signed out.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("status").first).to_be_focused()
    assert box(page).input_value() == "Written after lunch"
    # Signing in changes the token that guards forms: another tab gets it, this one follows.
    sign_in(context, site, world)
    other = context.new_page()
    other.goto(f"{site}/self-assessment/{own.pk}/context/1")
    page.wait_for_timeout(1_100)  # sooner, the button takes it for a double press
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/leadership/1")
    assert saved(own) == {"context_since": "Written after lunch"}


def test_words_beyond_the_limit_are_saved_and_counted_once(page: Page, own: SelfAssessment) -> None:
    limit = Question.objects.get(key="context_since").word_limit
    text = "under-fives, 12,345 of 1.5m – children’s " * 60
    box(page).fill(text)
    says(page, "too many: shorten it before it is sent.")
    (answer,) = own.answers.all()
    assert answer.words > limit
    says(page, f"{answer.words} of {limit} words. That is {answer.words - limit} too many")
    expect(page.locator(".govuk-character-count__status")).to_have_count(0)


# --- A whole section on one page -------------------------------------------------------------


@pytest.fixture
def section(context: BrowserContext, site: str, own: SelfAssessment) -> Page:
    """The first section, which has two questions."""
    page = context.new_page()
    page.goto(f"{site}/self-assessment/{own.pk}/context")
    return page


def boxes(page: Page) -> list[Locator]:
    return page.locator("textarea").all()


def test_each_box_of_a_section_saves_itself_and_says_so_below_itself(
    section: Page, own: SelfAssessment
) -> None:
    first, second = boxes(section)
    second.press_sequentially("One two three")
    above, below = section.get_by_role("status").all()
    expect(below).to_contain_text("3 of 300 words.")
    expect(below).to_contain_text("Saved at")
    expect(above).to_have_text("0 of 350 words.")
    first.fill("Four")
    expect(above).to_contain_text("1 of 350 words.")
    second.fill("Five six")
    expect(below).to_contain_text("2 of 300 words.")
    assert saved(own) == {"context_place": "Four", "context_since": "Five six"}


def test_a_press_right_after_the_last_word_takes_every_box_along(
    section: Page, own: SelfAssessment
) -> None:
    first, second = boxes(section)
    first.press_sequentially("One")
    second.press_sequentially("Two")
    section.get_by_role("button", name="Save and continue").click()
    section.wait_for_url("**/leadership")
    assert saved(own) == {"context_place": "One", "context_since": "Two"}


def test_a_link_right_after_the_last_word_leaves_no_box_behind(
    section: Page, own: SelfAssessment
) -> None:
    first, second = boxes(section)
    first.press_sequentially("One")
    second.press_sequentially("Two")
    section.get_by_role("link", name="Answer one question a page instead").click()
    section.wait_for_url("**/context/1")
    comes_to_be_saved(own, {"context_place": "One", "context_since": "Two"})


def test_without_a_connection_each_box_says_which_words_are_not_saved(
    context: BrowserContext, section: Page, own: SelfAssessment
) -> None:
    first, second = boxes(section)
    first.fill("Saved before the tunnel")
    above, below = section.get_by_role("status").all()
    first.blur()
    expect(above).to_contain_text("Saved at")
    context.set_offline(True)
    second.fill("Written in the tunnel")
    expect(below).to_contain_text("Not saved: there is no connection.")
    expect(above).to_contain_text("Saved at")
    section.get_by_role("button", name="Save and continue").click()
    expect(below).to_be_focused()
    assert second.input_value() == "Written in the tunnel"
    context.set_offline(False)
    expect(below).to_contain_text("Saved at")
    assert saved(own) == {
        "context_place": "Saved before the tunnel",
        "context_since": "Written in the tunnel",
    }


def test_signed_out_every_box_keeps_its_words_until_somebody_signs_in_again(
    context: BrowserContext, section: Page, site: str, world: World, own: SelfAssessment
) -> None:
    context.clear_cookies()
    first, second = boxes(section)
    first.fill("One")
    second.fill("Two")
    second.blur()
    for status in section.get_by_role("status").all():
        expect(status).to_contain_text("Not saved: you are signed out.")
    sign_in(context, site, world)
    other = context.new_page()
    other.goto(f"{site}/self-assessment/{own.pk}/context/1")
    section.get_by_role("button", name="Save and continue").click()
    section.wait_for_url("**/leadership")
    assert saved(own) == {"context_place": "One", "context_since": "Two"}


def test_two_people_in_one_box_of_a_section_both_texts_are_shown_and_one_chooses(
    section: Page, own: SelfAssessment, world: World
) -> None:
    first, second = boxes(section)
    officer = world.person(Role.AUTHORITY_OFFICER, name="Keziah Brandt")
    question = Question.objects.get(key="context_place")
    actions.save_answer(own, question, "Theirs.", version=0, by=officer)
    second.fill("Two")
    first.fill("Mine.")
    first.blur()
    above = section.get_by_role("status").first
    expect(above).to_contain_text("Not saved. Keziah Brandt saved another text here")
    section.get_by_role("button", name="Save and continue").click()
    expect(section.get_by_text("Keziah Brandt saved this meanwhile:")).to_be_visible()
    assert boxes(section)[0].input_value() == "Mine."
    assert saved(own) == {"context_place": "Theirs.", "context_since": "Two"}
    section.get_by_label("What stands in the box on this page").check()
    boxes(section)[0].fill("Mine and theirs.")
    section.wait_for_timeout(1_100)  # sooner, the button takes it for a double press
    section.get_by_role("button", name="Save and continue").click()
    section.wait_for_url("**/leadership")
    assert saved(own) == {"context_place": "Mine and theirs.", "context_since": "Two"}
