"""The whole path through the actions, as every other test relies on it."""

import hashlib

from feedback.states import LetterState
from peerchallenge.outbox.models import Effect, EffectState
from rounds.states import ChallengeState, RoundState
from tests.world import World


def test_a_round_goes_from_draft_to_issued_letter_by_actions_alone(world: World) -> None:
    letter = world.letter_issued()
    assert letter.state == LetterState.ISSUED
    assert hashlib.sha256(letter.pdf).hexdigest() == letter.sha256
    assert bytes(letter.pdf).startswith(b"%PDF-")
    assert letter.challenge.state == ChallengeState.ACTION_PLANNING
    assert letter.challenge.round.state == RoundState.UNDER_WAY
    assert [str(e) + e.error for e in Effect.objects.exclude(state=EffectState.DONE)] == []
