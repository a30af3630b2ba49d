import pytest

from peerchallenge.audit.actions import CLOCK, history_of, record
from peerchallenge.audit.models import AppendOnly, Event
from tests.factories import AuthorityFactory, RegionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_record_names_who_did_what_to_which() -> None:
    user, region = UserFactory(name="Ada Nowak"), RegionFactory()
    event = record("region.renamed", region, by=user, before="West")
    assert (event.verb, event.subject_type, event.subject_id, event.who, event.details) == (
        "region.renamed",
        "authorities.region",
        region.pk,
        "Ada Nowak",
        {"before": "West"},
    )


def test_the_clock_acts_as_the_system() -> None:
    assert record("region.renamed", RegionFactory(), by=CLOCK).who == "The system"


def test_history_holds_the_subjects_asked_for_newest_first_and_no_other() -> None:
    user, region = UserFactory(), RegionFactory()
    authority, other = AuthorityFactory(region=region), AuthorityFactory(region=region)
    first = record("one", region, by=user)
    second = record("two", authority, by=user)
    record("three", other, by=user)
    assert list(history_of(region, authority)) == [second, first]


def test_an_event_is_never_changed_or_deleted() -> None:
    event = record("one", RegionFactory(), by=CLOCK)
    for attempt in (event.save, event.delete, Event.objects.all().delete):
        with pytest.raises(AppendOnly):
            attempt()
    with pytest.raises(AppendOnly):
        Event.objects.update(verb="two")
    assert Event.objects.get().verb == "one"
