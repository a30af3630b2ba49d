"""With whom a host shares its letter, what it leaves out, and who sees that it was read."""

from __future__ import annotations

from django.utils import timezone

from authorities.models import User
from authorities.permissions import may_publish_on
from authorities.states import ACTS_FOR_AUTHORITY, READS_FOR_AUTHORITY, Role
from feedback.models import Letter, LetterShare
from feedback.states import Audience
from peerchallenge.shared.answers import YES, Answer, yes_if

SHARED_ONCE_ISSUED = "The letter is shared once it is issued."
THANKED_ONCE_ISSUED = "The team is thanked once the letter is issued."


def decide_sharing(by: User, letter: Letter) -> Answer:
    """The host's director alone says who may read it."""
    host = letter.challenge.host_authority
    return yes_if(
        by.holds(Role.DIRECTOR, authority=host),
        f"Only the director of {host} decides who may read its letter.",
    ) & _issued(letter, SHARED_ONCE_ISSUED)


def see_sharing(by: User, letter: Letter) -> Answer:
    """The host's own people see with whom it is shared."""
    host = letter.challenge.host_authority
    return yes_if(
        by.holds(*READS_FOR_AUTHORITY, authority=host),
        f"Only the people of {host} see with whom its letter is shared.",
    ) & _issued(letter, SHARED_ONCE_ISSUED)


def share_letter(
    by: User,
    letter: Letter,
    audience: str,
    *,
    redacted: bool = False,
    made: bool = True,
    making: bool = False,
) -> Answer:
    """`made`: there is a redacted version to share; `making`: a newer one is on its way."""
    return (
        decide_sharing(by, letter)
        & yes_if(
            not letter.is_replaced,
            "A corrected letter has taken its place: share that one.",
        )
        & _in_its_time(letter, audience)
        & yes_if(
            not letter.shares.live().filter(audience=audience).exists(),
            f"It is shared already: {Audience(audience).label.lower()}.",
        )
        & yes_if(made or not redacted, "The redacted version has not been made yet.")
        & yes_if(
            not (redacted and making),
            "A new redacted version is being made. Share it once you have read that one.",
        )
    )


def withdraw_share(by: User, share: LetterShare) -> Answer:
    return decide_sharing(by, share.letter) & yes_if(
        share.withdrawn_at is None, "This has been withdrawn already."
    )


def redact_letter(by: User, letter: Letter) -> Answer:
    """Its director and officers prepare what the director then shares."""
    return _acts_for_host(by, letter, "leave passages out") & _issued(
        letter, "Passages are left out once the letter is issued."
    )


def make_redacted_version(by: User, letter: Letter) -> Answer:
    """What is shared without some passages reads as its newest version does: from then on it is
    the director who lets another be made."""
    host = letter.challenge.host_authority
    return redact_letter(by, letter) & yes_if(
        by.holds(Role.DIRECTOR, authority=host)
        or not letter.shares.live().filter(redacted=True).exists(),
        "The redacted version is shared: a new one takes its place at once, so only the director "
        f"of {host} has it made.",
    )


def see_reads(by: User, letter: Letter) -> Answer:
    return _acts_for_host(by, letter, "see who has read its letter") & _issued(
        letter, "Who reads it is shown once the letter is issued."
    )


def write_summary(by: User, letter: Letter) -> Answer:
    """For a committee of the host's, by its director and officers."""
    return _acts_for_host(by, letter, "write its committee’s summary") & _issued(
        letter, "The summary is written once the letter is issued."
    )


def write_thanks(by: User, letter: Letter) -> Answer:
    """Prepared by an officer too; it is the director or the lead member who sends it."""
    host = letter.challenge.host_authority
    return yes_if(
        by.holds(*ACTS_FOR_AUTHORITY, Role.LEAD_MEMBER, authority=host),
        f"Only the director, the officers and the lead member of {host} write its thanks.",
    ) & _issued(letter, THANKED_ONCE_ISSUED)


def send_thanks(by: User, letter: Letter) -> Answer:
    host = letter.challenge.host_authority
    return write_thanks(by, letter) & yes_if(
        by.holds(Role.DIRECTOR, Role.LEAD_MEMBER, authority=host),
        f"Only the director or the lead member of {host} sends the letter of thanks.",
    )


def read_thanks(by: User, letter: Letter, *, sent: bool) -> Answer:
    """The host's people; once it is sent, the team it goes to."""
    host = letter.challenge.host_authority
    own = by.holds(*READS_FOR_AUTHORITY, authority=host)
    seated = sent and letter.challenge.team.current().filter(user=by).exists()
    return yes_if(
        own or seated, "The letter of thanks is between the host and its team, once it is sent."
    ) & _issued(letter, THANKED_ONCE_ISSUED)


def _acts_for_host(by: User, letter: Letter, does: str) -> Answer:
    host = letter.challenge.host_authority
    return yes_if(
        by.holds(*ACTS_FOR_AUTHORITY, authority=host),
        f"Only the director and the officers of {host} {does}.",
    )


def _issued(letter: Letter, otherwise: str) -> Answer:
    return yes_if(letter.is_sealed, otherwise)


def _in_its_time(letter: Letter, audience: str) -> Answer:
    """In a pre-election period nothing is made public."""
    if audience != Audience.PUBLIC:
        return YES
    return may_publish_on(letter.challenge.host_authority, timezone.localdate())
