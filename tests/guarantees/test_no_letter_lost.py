"""Guarantees 3 and 4: no letter is lost or issued twice whatever is killed, and one that kills
its worker, eats memory or never ends harms no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.guarantees import chaos
from tests.guarantees.chaos import Chaos, Officer
from tests.guarantees.installation import Installation

# `python -m bench.chaos` does the same with 2,000 letters and 120 faults, and 50 in 1,000 poisoned.
LETTERS, FAULTS, BATCH = 100, 32, 20
AMONG = 60
RECOVERY = 300  # seconds, on a machine that does other things too; the figure says what it took
POISONED = {
    LETTERS + 5: "poisontime",
    LETTERS + 25: "poisonmemory",
    LETTERS + 45: "poisonkill",
    LETTERS + 55: "汉",
}


@pytest.fixture(scope="module")
def site() -> Iterator[Installation]:
    with chaos.poisonable(OUTBOX_LEASE_SECONDS="40", OUTBOX_MEMORY_MB="600") as installation:
        yield installation


@pytest.fixture(scope="module")
def officer(site: Installation) -> Officer:
    prepared = chaos.officer_of(site, LETTERS + AMONG, POISONED)
    for name in ("web", "worker", "beat"):
        site.start(name)
    return prepared


def test_no_letter_is_lost_and_none_issued_twice_while_everything_is_killed(
    site: Installation, officer: Officer, figure: Callable[[str], None]
) -> None:
    letters = officer.letters[:LETTERS]
    batches = [letters[start : start + BATCH] for start in range(0, LETTERS, BATCH)]
    officer.issue_until_done(batches.pop(0))
    havoc = Chaos(site, officer, batches)
    havoc.go_on(FAULTS, between=1.0)
    havoc.recover(within=RECOVERY)
    figure(f"guarantee 3: {havoc.report(letters)}")
    assert site.query(chaos.OPEN) == []
    assert site.query(chaos.SET_ASIDE) == []
    assert havoc.issued(letters) == LETTERS
    assert site.query(chaos.TWICE) == []
    assert site.query(chaos.UNTOLD) == []
    assert site.query(chaos.NUMBERS)[0] == (LETTERS, 1, LETTERS)
    assert site.query(chaos.BROKEN_SEALS)[0][0] == 0
    assert set(havoc.done) == {name for name, _ in havoc.faults()}
    assert havoc.unanswered > 0, "no kill ever met a request"


def test_letters_that_are_poison_harm_no_other_and_say_what_is_wrong(
    site: Installation, officer: Officer, figure: Callable[[str], None]
) -> None:
    letters = officer.letters[LETTERS:]
    poisoned = [officer.letters[number - 1] for number in POISONED]
    officer.issue_until_done(letters)
    after = Chaos(site, officer, [])
    after.recover(within=RECOVERY)
    errors = dict(site.query(chaos.SET_ASIDE))
    tries = dict(site.query(chaos.TRIES % ",".join(map(str, poisoned))))
    figure(
        f"guarantee 4: {len(letters)} letters, {len(poisoned)} of them poison: "
        f"{after.issued(letters)} issued, {len(errors)} set aside after at most "
        f"{max(tries.values())} tries, {after.recovered:.0f} s in all: {sorted(errors.values())}"
    )
    assert after.issued(letters) == AMONG - len(POISONED)
    assert [errors[letter] for letter in poisoned] == [
        "It took longer than the time allowed.",
        "It needed more memory than is allowed.",
        "It ended its process (SIGKILL).",
        "RenderingFailed: In “Headline messages”: No font installed here can print: 汉 (U+6C49)",
    ]
    assert [tries[letter] for letter in poisoned] == [3, 3, 3, 1]
    assert len(errors) == len(poisoned)
