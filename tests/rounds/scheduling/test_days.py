from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rounds.scheduling import Booking, Clash, Phase, apart, clashes, first_free

PHASES = [
    Phase("day1", "Day 1"),
    Phase("feedback", "Day 2", after="day1", gap_least=5, gap_most=9),
]
PARTIES = frozenset({"Dorset", "Swindon"})
WINDOW = (date(2027, 1, 4), date(2027, 3, 12))
CLOSED = {date(2027, 1, 20): "A holiday"}
MONDAY = date(2027, 1, 11)


def found(days: dict[str, date], booked: list[Booking] | None = None) -> list[tuple[str, str]]:
    stands = clashes(
        days, PHASES, parties=PARTIES, window=WINDOW, closed=CLOSED, booked=booked or []
    )
    return [(clash.phase, clash.rule) for clash in stands]


def after(first: date, gap: int) -> dict[str, date]:
    return {"day1": first, "feedback": first + timedelta(days=gap)}


def test_a_week_apart_inside_the_window_stands() -> None:
    assert found(after(MONDAY, 7)) == []


def test_the_window_holds_both_its_ends() -> None:
    assert found({"day1": WINDOW[0]}) == []
    assert found({"day1": WINDOW[1]}) == []
    assert found({"day1": WINDOW[0] - timedelta(days=3)}) == [("day1", "window")]
    assert found({"day1": WINDOW[1] + timedelta(days=3)}) == [("day1", "window")]


def test_nobody_visits_at_a_weekend() -> None:
    assert found(after(MONDAY, 5)) == [("feedback", "weekend")]


def test_nobody_visits_on_a_day_that_is_closed() -> None:
    days = {"day1": date(2027, 1, 13), "feedback": date(2027, 1, 20)}
    [clash] = clashes(days, PHASES, parties=PARTIES, window=WINDOW, closed=CLOSED, booked=[])
    assert (clash.phase, clash.rule) == ("feedback", "closed")
    assert clash.text == "Wednesday 20 January 2027 is closed to visits (A holiday)."


def test_the_second_day_keeps_its_distance() -> None:
    assert [found(after(MONDAY, gap)) for gap in (4, 7, 8, 9, 10)] == [
        [("feedback", "gap")],
        [],
        [],
        [("feedback", "closed")],
        [("feedback", "gap")],
    ]


def test_an_authority_is_in_one_place_on_one_day() -> None:
    elsewhere = Booking(MONDAY, frozenset({"Devon", "Dorset"}), "Devon challenges Dorset")
    [clash] = clashes(
        after(MONDAY, 7), PHASES, parties=PARTIES, window=WINDOW, closed={}, booked=[elsewhere]
    )
    assert clash.text == (
        "Dorset is already booked on Monday 11 January 2027: Devon challenges Dorset."
    )


def test_others_may_visit_on_the_same_day() -> None:
    others = Booking(MONDAY, frozenset({"Devon", "Torbay"}), "Devon challenges Torbay")
    assert found(after(MONDAY, 7), [others]) == []


DAYS = st.dates(date(2026, 12, 1), date(2027, 4, 30))
BOOKINGS = st.lists(
    st.builds(
        Booking,
        DAYS,
        st.sampled_from([frozenset({"Dorset", "Devon"}), frozenset({"Devon", "Torbay"})]),
        st.just("another challenge"),
    ),
    max_size=20,
)


@given(DAYS, DAYS, BOOKINGS)
def test_days_stand_exactly_when_every_rule_says_so(
    first: date, second: date, booked: list[Booking]
) -> None:
    taken = {one.day for one in booked if one.authorities & PARTIES}
    allowed = all(
        WINDOW[0] <= day <= WINDOW[1]
        and day.weekday() < 5
        and day not in CLOSED
        and day not in taken
        for day in (first, second)
    )
    apart = 5 <= (second - first).days <= 9
    assert (found({"day1": first, "feedback": second}, booked) == []) == (allowed and apart)


@given(DAYS, BOOKINGS)
def test_the_first_free_days_stand_and_none_earlier_do(start: date, booked: list[Booking]) -> None:
    free = first_free(
        PHASES, parties=PARTIES, window=WINDOW, closed=CLOSED, booked=booked, start=start
    )
    last = free["day1"] if free else WINDOW[1] + timedelta(days=1)
    assert not free or (found(free, booked) == [] and free["day1"] >= start)
    day = max(start, WINDOW[0])
    while day < last:
        assert all(found(after(day, gap), booked) for gap in range(5, 10))
        day += timedelta(days=1)


def test_a_second_day_is_a_week_later_if_it_can_be() -> None:
    free = first_free(PHASES, parties=PARTIES, window=WINDOW, closed={}, booked=[], start=MONDAY)
    assert free == after(MONDAY, 7)


def test_where_nothing_is_free_nothing_is_suggested() -> None:
    late = WINDOW[1] - timedelta(days=3)
    assert (
        first_free(PHASES, parties=PARTIES, window=WINDOW, closed={}, booked=[], start=late) == {}
    )


WEEK = [
    Phase("visit", "Visit", days=3),
    Phase("feedback", "Feedback", after="visit", gap_least=5, gap_most=9),
]


def of_week(days: dict[str, date], booked: list[Booking] | None = None) -> list[Clash]:
    return clashes(days, WEEK, parties=PARTIES, window=WINDOW, closed=CLOSED, booked=booked or [])


def test_days_in_a_row_stay_within_one_week() -> None:
    assert of_week({"visit": MONDAY + timedelta(days=2)}) == []
    [clash] = of_week({"visit": MONDAY + timedelta(days=3)})
    assert (clash.rule, clash.text) == (
        "weekend",
        "Visit takes 3 days in a row within one week: Thursday 14 January 2027 is too late in "
        "the week. Begin by Wednesday.",
    )


def test_a_whole_week_begins_on_monday() -> None:
    whole = [Phase("week", "On site", days=5)]
    free = {"parties": PARTIES, "window": WINDOW, "closed": {}, "booked": []}
    assert clashes({"week": MONDAY}, whole, **free) == []
    [clash] = clashes({"week": MONDAY + timedelta(days=1)}, whole, **free)
    assert clash.text.endswith("Begin on Monday.")
    [clash] = clashes({"week": MONDAY}, [Phase("week", "On site", days=6)], **free)
    assert clash.text.endswith("No week has so many working days.")


def test_every_day_in_a_row_keeps_to_the_rules() -> None:
    assert [clash.rule for clash in of_week({"visit": date(2027, 1, 18)})] == ["closed"]
    assert [clash.rule for clash in of_week({"visit": date(2027, 3, 10)})] == []
    assert [clash.rule for clash in of_week({"visit": date(2027, 3, 11)})] == [
        "window",
        "weekend",
    ]
    elsewhere = Booking(MONDAY + timedelta(days=2), frozenset({"Dorset"}), "elsewhere")
    assert [clash.rule for clash in of_week({"visit": MONDAY}, [elsewhere])] == ["double_booking"]


def test_the_distance_counts_from_the_last_of_the_days_in_a_row() -> None:
    last = MONDAY + timedelta(days=2)
    rules = [
        [clash.rule for clash in of_week({"visit": MONDAY, "feedback": last + timedelta(gap)})]
        for gap in (2, 5, 9, 12)
    ]
    assert rules == [["gap"], [], [], ["gap"]]


def test_the_first_free_days_in_a_row_are_followed_from_their_last() -> None:
    free = first_free(WEEK, parties=PARTIES, window=WINDOW, closed={}, booked=[], start=MONDAY)
    assert free == {"visit": MONDAY, "feedback": MONDAY + timedelta(days=9)}


def test_the_first_free_days_begin_until_a_day() -> None:
    start, until = date(2027, 1, 16), date(2027, 1, 17)
    free = {"parties": PARTIES, "window": WINDOW, "closed": {}, "booked": [], "start": start}
    assert first_free(WEEK, **free, until=until) == {}
    assert first_free(WEEK, **free, until=until + timedelta(days=1)) != {}


def test_how_far_phases_are_apart_is_said_as_people_say_it() -> None:
    said = [apart(Phase("b", "B", "a", *gaps)) for gaps in ((5, 9), (1, 1), (7, 7))]
    assert said == ["5 to 9 days after", "the day after", "7 days after"]
    next_day = Phase("b", "Day 2", "a", 1, 1)
    days = {"a": MONDAY, "b": MONDAY + timedelta(days=2)}
    [clash] = clashes(
        days,
        [Phase("a", "Day 1"), next_day],
        parties=PARTIES,
        window=WINDOW,
        closed={},
        booked=[],
    )
    assert clash.text == (
        "Day 2 must be the day after Monday 11 January 2027; "
        "Wednesday 13 January 2027 is 2 days after it."
    )
