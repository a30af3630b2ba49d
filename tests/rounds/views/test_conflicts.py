"""The pages on which conflicts of interest are declared, seen and withdrawn."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from authorities.models import Authority, User
from authorities.states import Role
from rounds import actions
from rounds.models import Conflict, ConflictKind, Round
from tests.factories import AuthorityFactory
from tests.rounds.conftest import words
from tests.world import World, fresh

SignedIn = Callable[[User], Client]
LIST = "/conflicts"
SECRET = "tokconflict"
OFFICER_QUERIES, OWN_QUERIES = 10, 7


def declared(world: World, pair: tuple[int, int] = (0, 1), **more: Any) -> Conflict:
    one, other = (world.authorities[place] for place in pair)
    said: dict[str, Any] = {
        "kind": ConflictKind.CONTRACT,
        "details": f"{SECRET} <b>bold</b>",
        "by": fresh(world.director_of(one)),
    }
    return actions.declare_conflict(one, other, **(said | more))


def asked(world: World, **more: Any) -> dict[str, Any]:
    first, second, _ = world.authorities
    said = {"authority": first.pk, "other": second.pk, "kind": "family", "keeps": "authorities"}
    return said | more


class TestDeclaring:
    def test_from_the_account_page_to_the_list(self, world: World, signed_in: SignedIn) -> None:
        director = signed_in(world.directors[0])
        assert f'href="{LIST}"' in words(director.get("/account"))
        assert f'href="{LIST}/declare"' in words(director.get(LIST))
        answer = director.post(f"{LIST}/declare", asked(world, details=SECRET), follow=True)
        conflict = Conflict.objects.get()
        assert answer.redirect_chain[-1][0] == f"{LIST}/{conflict.pk}"
        assert "Declared. From now on matching keeps to it." in words(answer)
        assert SECRET in words(answer)
        text = words(director.get(LIST))
        assert f"{world.authorities[0]} and {world.authorities[1]}" in text
        assert "with no last day" in text

    def test_one_of_a_single_person_says_that_matching_goes_on(
        self, world: World, signed_in: SignedIn
    ) -> None:
        director = signed_in(world.directors[0])
        answer = director.post(f"{LIST}/declare", asked(world, keeps="oneself"), follow=True)
        other = world.authorities[1]
        assert f"nobody can name you for a team that visits {other}." in words(answer)
        assert "the two authorities may still be matched" in words(answer)
        assert "matching keeps to it" not in words(answer)

    def test_what_is_missing_is_said_and_nothing_is_lost(
        self, world: World, signed_in: SignedIn
    ) -> None:
        page = signed_in(world.directors[0]).post(
            f"{LIST}/declare", asked(world, kind="", details="What I wrote")
        )
        text = words(page)
        assert "Select why there is a conflict" in text
        assert "What I wrote" in text
        assert not Conflict.objects.exists()

    def test_pressed_twice_it_is_declared_once(self, world: World, signed_in: SignedIn) -> None:
        director = signed_in(world.directors[0])
        for _ in range(2):
            assert director.post(f"{LIST}/declare", asked(world)).status_code == 302
        assert Conflict.objects.count() == 1

    def test_the_board_is_told_whom_to_tell(self, world: World, signed_in: SignedIn) -> None:
        chair = signed_in(world.chair)
        assert chair.get(f"{LIST}/declare").status_code == 403
        text = words(chair.get(LIST))
        assert "tell the officer" in text
        assert f"{LIST}/declare" not in text

    @pytest.mark.parametrize("value", ["\x00", "-1", "x", str(10**30), "’"])
    def test_no_answer_breaks_it(self, world: World, signed_in: SignedIn, value: str) -> None:
        director = signed_in(world.directors[0])
        fields = ("authority", "other", "kind", "keeps", "details", "left_on_day", "expires_on_day")
        page = director.post(f"{LIST}/declare", dict.fromkeys(fields, value))
        assert page.status_code == 200
        for name in ("authority", "other"):
            assert director.get(f"{LIST}/declare", {name: value}).status_code == 200
        officer = signed_in(world.officer)
        for name in ("authority", "which", "page"):
            assert officer.get(LIST, {name: value}).status_code == 404


class TestOnesOwnList:
    def test_a_director_sees_what_was_declared_for_the_authority_but_no_details(
        self, world: World, signed_in: SignedIn
    ) -> None:
        officer = world.person("authority_officer", world.authorities[0], name="Ada Colley")
        conflict = declared(world, by=officer)
        director = signed_in(world.directors[0])
        assert f"{LIST}/{conflict.pk}" in words(director.get(LIST))
        text = words(director.get(f"{LIST}/{conflict.pk}"))
        assert "Ada Colley" in text
        assert SECRET not in text
        assert "Withdraw this conflict" not in text
        assert director.get(f"{LIST}/{conflict.pk}/withdraw").status_code == 403
        other = signed_in(world.directors[1])
        assert other.get(f"{LIST}/{conflict.pk}").status_code == 404
        assert "Nothing is declared" in words(other.get(LIST))

    def test_no_match_is_named_to_whoever_is_not_an_officer(
        self, world: World, proposed: Round, signed_in: SignedIn
    ) -> None:
        conflict = declared(world)
        director = signed_in(world.directors[0])
        for address in (LIST, f"{LIST}/{conflict.pk}"):
            assert "challenges" not in words(director.get(address))
        assert f"/rounds/{proposed.pk}/match" in words(signed_in(world.officer).get(LIST))

    def test_it_takes_as_many_queries_for_one_as_for_three(
        self, world: World, signed_in: SignedIn, django_assert_num_queries: Any
    ) -> None:
        director = signed_in(world.directors[0])
        for place, kind in enumerate((ConflictKind.FAMILY, ConflictKind.CONTRACT, "other")):
            declared(world, kind=kind)
            if place != 1:
                with django_assert_num_queries(OWN_QUERIES):
                    director.get(LIST)


class TestOfficersList:
    def test_it_says_which_matches_each_touches(
        self, world: World, offered: Round, signed_in: SignedIn
    ) -> None:
        declared(world)
        declared(world, by=world.officer, kind=ConflictKind.FAMILY)
        actions.declare_conflict(
            world.authorities[0], AuthorityFactory(), kind="other", by=world.officer
        )
        page = signed_in(world.officer).get(LIST)
        first, second, _ = world.authorities
        touched = [one.what for line in page.context["lines"] for one in line.touches]
        assert touched == [f"{second} challenges {first}"] * 2
        text = words(page)
        assert f'href="/rounds/{offered.pk}/match/' in text
        assert f"{offered} (offered)" in text

    def test_two_of_one_name_are_told_apart(self, world: World, signed_in: SignedIn) -> None:
        for dates in ({"valid_to": date(2019, 3, 31)}, {"valid_from": date(2019, 4, 1)}):
            AuthorityFactory(name="Dorset", region=world.authorities[0].region, **dates)
        text = words(signed_in(world.officer).get(LIST))
        for said in ("until 31 March 2019", "from 1 April 2019"):
            assert f">Dorset ({said})</option>" in text

    def test_it_is_narrowed_by_authority_and_by_how_they_stand(
        self, world: World, signed_in: SignedIn
    ) -> None:
        today = timezone.localdate()
        standing = declared(world)
        soon = declared(world, (1, 2), expires_on=today + timedelta(days=20))
        withdrawn = declared(world, (2, 0))
        expired = declared(world, (0, 2), expires_on=today + timedelta(days=400))
        Conflict.objects.filter(pk=expired.pk).update(expires_on=today - timedelta(days=1))
        actions.withdraw_conflict(withdrawn, by=world.officer)
        officer = signed_in(world.officer)

        def shown(**params: object) -> set[int]:
            return {line.conflict.pk for line in officer.get(LIST, params).context["lines"]}

        assert shown() == {standing.pk, soon.pk}
        assert shown(which="soon") == {soon.pk}
        assert shown(which="over") == {withdrawn.pk, expired.pk}
        assert shown(which="all") == {standing.pk, soon.pk, withdrawn.pk, expired.pk}
        assert shown(authority=world.authorities[0].pk) == {standing.pk}
        text = words(officer.get(LIST, {"which": "all"}))
        assert [word for word in ("Ends soon", "Expired", "Withdrawn") if word not in text] == []
        assert f"by {world.officer}, {today:%-d %B %Y}" in text
        assert officer.get(LIST, {"authority": AuthorityFactory().pk}).status_code == 404
        assert "No conflict fits" in words(
            officer.get(LIST, {"authority": world.authorities[1].pk, "which": "over"})
        )

    def test_it_takes_as_many_queries_for_one_as_for_three(
        self,
        world: World,
        offered: Round,
        signed_in: SignedIn,
        django_assert_num_queries: Any,
    ) -> None:
        officer = signed_in(world.officer)
        for place, pair in enumerate(((0, 1), (1, 2), (2, 0))):
            declared(world, pair)
            if place != 1:
                with django_assert_num_queries(OFFICER_QUERIES):
                    officer.get(LIST)

    def test_a_page_of_them_stays_light(self, world: World, signed_in: SignedIn) -> None:
        far = AuthorityFactory.create_batch(152)
        for other in far[:120]:
            actions.declare_conflict(world.authorities[0], other, kind="family", by=world.officer)
        officer = signed_in(world.officer)
        page = officer.get(LIST)
        assert len(page.context["lines"]) == 50
        assert len(page.content) < 40 * 1024
        assert len(officer.get(f"{LIST}/declare").content) < 40 * 1024
        assert f"{far[0]}<" not in words(officer.get(LIST, {"page": 1}))
        assert len(officer.get(LIST, {"page": 3}).context["lines"]) == 20


class TestTheSheet:
    def test_it_holds_the_details_and_no_formula(
        self, world: World, offered: Round, signed_in: SignedIn
    ) -> None:
        declared(world, details='=HYPERLINK("http://example.org")')
        answer = signed_in(world.officer).get(f"{LIST}.xlsx")
        assert "attachment" in answer["Content-Disposition"]
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        header, row = sheet.iter_rows()
        found = dict(zip([cell.value for cell in header], row, strict=True))
        assert found["Details"].value == '=HYPERLINK("http://example.org")'
        assert found["Details"].data_type == "s"
        first, second, _ = world.authorities
        assert found["Matches it touches"].value == (
            f"{second} challenges {first} ({offered}, offered)"
        )

    def test_it_is_narrowed_as_the_list_is(self, world: World, signed_in: SignedIn) -> None:
        declared(world)
        third = world.authorities[2]
        answer = signed_in(world.officer).get(f"{LIST}.xlsx", {"authority": third.pk})
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        assert sheet.max_row == 1


class TestOneOfThem:
    def test_the_officer_reads_all_of_it_escaped(self, world: World, signed_in: SignedIn) -> None:
        conflict = declared(world)
        text = words(signed_in(world.officer).get(reverse("conflict", args=[conflict.pk])))
        assert f"{SECRET} &lt;b&gt;bold&lt;/b&gt;" in text
        assert "There is nothing to change." in text

    def test_one_that_touches_a_match_leads_to_it(
        self, world: World, offered: Round, signed_in: SignedIn
    ) -> None:
        conflict = declared(world)
        text = words(signed_in(world.officer).get(reverse("conflict", args=[conflict.pk])))
        assert "give the host another challenger" in text
        host = offered.participations.get(authority=world.authorities[0])
        assert f'href="/rounds/{offered.pk}/match/{host.pk}"' in text

    def test_one_of_somebody_on_a_team_leads_to_the_challenge(
        self, world: World, accepted: Round, signed_in: SignedIn
    ) -> None:
        challenge = world.first(accepted)
        pair = (challenge.challenger_authority, challenge.host_authority)
        reviewer = world.person(Role.REVIEWER, pair[0])
        director = fresh(world.director_of(pair[0]))
        actions.seat_team_member(challenge, reviewer, by=director)
        conflict = actions.declare_conflict(*pair, kind="family", only_me=True, by=fresh(reviewer))
        text = words(signed_in(world.officer).get(reverse("conflict", args=[conflict.pk])))
        assert "seat somebody else on the team" in text
        assert f'href="/challenges/{challenge.pk}"' in text

    def test_withdrawing_asks_first_and_a_second_press_finds_it_done(
        self, world: World, signed_in: SignedIn
    ) -> None:
        conflict = declared(world)
        director = signed_in(world.directors[0])
        address = reverse("conflict_withdraw", args=[conflict.pk])
        assert "can be matched with each other" in words(director.get(address))
        assert Conflict.objects.get().stands
        assert "Withdrawn." in words(director.post(address, follow=True))
        assert "withdrawn already" in words(director.post(address, follow=True))
        assert Conflict.objects.get().withdrawn_by == world.directors[0]
        assert "Withdraw this conflict" not in words(
            director.get(reverse("conflict", args=[conflict.pk]))
        )


def test_a_merged_authority_is_chosen_no_more(world: World, signed_in: SignedIn) -> None:
    gone: Authority = AuthorityFactory(name="Gone by now", region=world.region)
    gone.valid_to = timezone.localdate() - timedelta(days=1)
    gone.save()
    assert "Gone by now" not in words(signed_in(world.directors[0]).get(f"{LIST}/declare"))
