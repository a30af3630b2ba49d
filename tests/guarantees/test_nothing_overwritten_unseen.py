"""Guarantee 9: two to eight people write the same answers, and none overwrites another unseen."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import ProgressSince, SelfAssessment, WrittenAnswer
from rounds.queries.writing import Entry, chapters_of
from tests.world import World

WRITERS = (2, 3, 4, 5, 6, 7, 8)
SAVES = 5_040  # in all: 720 for each number of writers
QUESTIONS = 2
LOOKED_AT = 20  # of so many clashes, one is looked at on its page


@dataclass(frozen=True)
class Saved:
    """An acknowledged save: it took the place of `seen`, the version its writer had read."""

    place: int
    seen: int
    version: int
    text: str


@dataclass
class Run:
    """What happened to one writer."""

    saves: list[Saved] = field(default_factory=list)
    clashes: int = 0
    looked_at: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Desk:
    """The places that everybody writes in: two answers and one row of progress."""

    own: SelfAssessment
    entries: list[Entry]
    row: ProgressSince

    def places(self) -> range:
        return range(len(self.entries) + 1)

    def there(self, place: int) -> WrittenAnswer | ProgressSince | None:
        if place == len(self.entries):
            return ProgressSince.objects.get(pk=self.row.pk)
        return WrittenAnswer.objects.filter(
            self_assessment=self.own, question=self.entries[place].question
        ).first()

    def save(self, place: int, text: str, version: int, by: User) -> int:
        if place == len(self.entries):
            return actions.save_progress(self.row, text, version=version, by=by).version
        question = self.entries[place].question
        return actions.save_answer(self.own, question, text, version=version, by=by).version

    def page_of_clash(self, place: int, text: str, version: int, by: User) -> str:
        """What the loser sees on pressing the ordinary button."""
        client = Client()
        client.force_login(by)
        if place == len(self.entries):
            url, prefix = f"/self-assessment/{self.own.pk}/progress", f"p{self.row.pk}"
        else:
            url, prefix = self.entries[place].url, self.entries[place].prefix
        fields = {f"{prefix}-text": text, f"{prefix}-version": version}
        answer = client.post(url, fields)
        return answer.content.decode() if answer.status_code == 409 else ""


def write(desk: Desk, by: User, number: int, saves: int) -> Run:
    """Read, type, save; on a clash read again, as a person would on being shown both texts."""
    chance = random.Random(number)
    run = Run()
    try:
        for count in range(saves):
            place = chance.choice(desk.places())
            there = desk.there(place)
            version = there.version if there else 0
            text = f"writer {number}, save {count}"
            try:
                saved = desk.save(place, text, version, by)
            except actions.OverwriteRefused as refused:
                lost(desk, run, refused.theirs, (place, text, version), by)
                continue
            run.saves.append(Saved(place, version, saved, text))
    finally:
        connection.close()
    return run


def lost(desk: Desk, run: Run, theirs: Any, tried: tuple[int, str, int], by: User) -> None:
    """The loser is told what is there now, and both texts are on the page that comes."""
    place, text, version = tried
    run.clashes += 1
    if theirs.version <= version or theirs.text == text:
        run.faults.append(f"refused for {theirs.text} of {theirs.version}, after {version}")
    if run.clashes % LOOKED_AT == 0:
        page = desk.page_of_clash(place, text, version, by)
        run.looked_at += 1
        if text not in page or "writer " not in page.replace(text, ""):
            run.faults.append(f"the page of {text} does not show both")


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    if connection.vendor != "postgresql":
        pytest.skip("the embedded database has one writer at a time")
    world = World()
    own = world.opened().participations.get(authority=world.authorities[0]).self_assessment
    entries = [entry for chapter in chapters_of(own) for entry in chapter.entries]
    row = own.progress.create(position=1, source="The letter", area_for_consideration="Moves")
    return Desk(own, entries[:QUESTIONS], row)


def test_nobody_overwrites_a_text_they_have_not_seen(
    desk: Desk, figure: Callable[[str], None]
) -> None:
    authority = desk.own.participation.authority
    world = World(size=0)
    people = [world.person(Role.AUTHORITY_OFFICER, authority) for _ in range(max(WRITERS))]
    runs: list[Run] = []
    for number in WRITERS:
        each = SAVES // len(WRITERS) // number
        spare = SAVES // len(WRITERS) - each * number
        jobs = [(who, index, each + (index < spare)) for index, who in enumerate(people[:number])]
        seed = 1_000 * number
        with ThreadPoolExecutor(number) as pool:
            runs += pool.map(
                lambda job, seed=seed: write(desk, job[0], seed + job[1], job[2]), jobs
            )

    saves = [saved for run in runs for saved in run.saves]
    unseen = 0
    for place in desk.places():
        chain = sorted((s for s in saves if s.place == place), key=lambda saved: saved.version)
        # Each took the place of exactly the version its writer had seen, so none of them twice.
        steps = [(s.seen, s.version) for s in chain]
        unseen += sum(a != b for a, b in zip(steps, pairs(len(chain)), strict=True))
        there = desk.there(place)
        assert there is not None
        assert (there.version, there.text) == (chain[-1].version, chain[-1].text)
    clashes = sum(run.clashes for run in runs)
    figure(
        f"guarantee 9: {SAVES} interleaved saves by {WRITERS[0]} to {WRITERS[-1]} writers: "
        f"{len(saves)} kept, {clashes} told that somebody else had saved, "
        f"{sum(run.looked_at for run in runs)} of their pages looked at, {unseen} silent overwrites"
    )
    assert [fault for run in runs for fault in run.faults] == []
    assert len(saves) + clashes == SAVES
    assert unseen == 0
    assert clashes > SAVES // 20, "the writers hardly met: nothing was tried"


def pairs(length: int) -> list[tuple[int, int]]:
    return [(number, number + 1) for number in range(length)]
