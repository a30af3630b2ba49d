"""What the team asks the host for before it comes, and what the host gives it."""

from __future__ import annotations

from datetime import date
from typing import IO

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import Actor, record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from peerchallenge.shared.uploads import Upload
from rounds import permissions
from rounds.actions.evidence import stored
from rounds.models import Challenge, Paper, PaperAsked
from rounds.queries.papers import Chase, to_chase

MOST_ASKED = 40
MOST_PAPERS = 100


class AskedChanged(Exception):
    """Somebody changed what is asked for since the person's page was drawn."""

    def __init__(self, now: PaperAsked) -> None:
        super().__init__("what is asked for changed")
        self.now = now


class GivenAlready(Exception):
    """The same document, or address, stands there; `there` holds it."""

    def __init__(self, there: Paper) -> None:
        super().__init__(f"“{there.title}” is there")
        self.there = there


@transaction.atomic
def ask_for_paper(
    challenge: Challenge, *, title: str, note: str = "", due: date | None = None, by: User
) -> PaperAsked:
    """On the list, of which the host knows nothing until the lead sends it."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.ask_for_papers(by, challenge).require()
    if there := challenge.papers_asked.standing().filter(title=title).first():
        return there
    return _ask(challenge, by, title=title, note=note, due=due)


@transaction.atomic
def ask_for_usual_papers(challenge: Challenge, *, by: User) -> list[PaperAsked]:
    """What the format proposes and is not on the list yet."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.ask_for_papers(by, challenge).require()
    there = set(challenge.papers_asked.standing().values_list("title", flat=True))
    usual = [one for one in challenge.round.format.papers if one.title not in there]
    return [_ask(challenge, by, title=one.title, note=one.note) for one in usual]


@transaction.atomic
def change_paper_asked(
    asked: PaperAsked, *, title: str, note: str, due: date | None, seen: str, by: User
) -> PaperAsked:
    """`seen` is the mark that was on the page: raises AskedChanged when it is another by now."""
    challenge, asked = _locked(asked)
    permissions.ask_for_papers(by, challenge).require()
    if (asked.title, asked.note, asked.due) == (title, note, due):
        return asked
    if seen != asked.seen:
        raise AskedChanged(asked)
    if due != asked.due:
        # Another day: it may be chased once more.
        asked.chased_before_at = asked.chased_after_at = None
    asked.title, asked.note, asked.due = title, note, due
    asked.save()
    record("papers.changed", challenge, by=by, asked=asked.pk)
    return asked


@transaction.atomic
def withdraw_paper_asked(asked: PaperAsked, *, by: User) -> PaperAsked:
    """It is not asked for any more; what the host gave for it stays until the host removes it."""
    challenge, asked = _locked(asked)
    permissions.ask_for_papers(by, challenge).require()
    if asked.withdrawn_at is None:
        asked.withdrawn_at = timezone.now()
        asked.save(update_fields=["withdrawn_at"])
        record("papers.withdrawn", challenge, by=by, asked=asked.pk)
    return asked


@transaction.atomic
def send_papers_asked(challenge: Challenge, *, by: User) -> list[PaperAsked]:
    """The host is told of all that is new on the list, in one mail."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.send_papers_asked(by, challenge).require()
    new = list(challenge.papers_asked.standing().filter(sent_at__isnull=True))
    if not new:
        no("The host has been told of everything on the list.").require()
    for asked in new:
        asked.sent_at = timezone.now()
    PaperAsked.objects.bulk_update(new, ["sent_at"])
    record("papers.sent", challenge, by=by, asked=[asked.pk for asked in new])
    promise("rounds.tell_host_papers_asked", challenge.pk)
    return new


@transaction.atomic
def add_paper(
    asked: PaperAsked,
    *,
    title: str,
    link: str = "",
    file: IO[bytes] | None = None,
    upload: Upload | None = None,
    by: User,
) -> Paper:
    """A document that has been looked into, or the address of a public one.

    Raises GivenAlready for the same thing twice, NotStored where the file cannot be written.
    """
    challenge, asked = _locked(asked)
    permissions.give_paper(by, asked).require()
    kept = Paper.objects.kept().filter(asked__challenge=challenge)
    same = kept.filter(asked=asked, link=link, sha256=upload.sha256 if upload else "").first()
    if same:
        raise GivenAlready(same)
    if kept.count() >= MOST_PAPERS:
        no(f"There are {MOST_PAPERS} papers. Remove one first.").require()
    paper = asked.papers.create(
        title=title,
        link=link,
        file=stored(file) if file and upload else "",
        file_name=upload.name if upload else "",
        kind=upload.kind if upload else "",
        size=upload.size if upload else 0,
        sha256=upload.sha256 if upload else "",
        added_by=by,
    )
    if asked.no_such:
        asked.no_such = ""
        asked.save(update_fields=["no_such"])
    record("papers.given", challenge, by=by, paper=paper.pk)
    return paper


@transaction.atomic
def remove_paper(paper: Paper, *, by: User) -> Paper:
    """Its file is deleted; that there was one stays on record."""
    challenge = Challenge.objects.locked(paper.asked.challenge_id)
    paper = Paper.objects.select_related("asked").get(pk=paper.pk)
    paper.asked.challenge = challenge
    if paper.removed_at is not None:
        return paper
    permissions.remove_paper(by, paper).require()
    paper.removed_at, paper.removed_by = timezone.now(), by
    paper.save(update_fields=["removed_at", "removed_by"])
    record("papers.removed", challenge, by=by, paper=paper.pk)
    if name := paper.file.name:
        transaction.on_commit(lambda: default_storage.delete(name))
    return paper


@transaction.atomic
def say_no_such_paper(asked: PaperAsked, *, reason: str, by: User) -> PaperAsked:
    """The host has no such document and says why; an empty reason takes that back."""
    challenge, asked = _locked(asked)
    permissions.give_paper(by, asked).require()
    if reason and asked.papers.kept().exists():
        no("A paper has been given for this. Remove it first.").require()
    if asked.no_such == reason:
        return asked
    asked.no_such = reason
    asked.save(update_fields=["no_such"])
    verb = "papers.none_said" if reason else "papers.none_taken_back"
    record(verb, challenge, by=by, asked=asked.pk)
    return asked


def read_paper(paper: Paper, *, by: User) -> None:
    """Somebody takes a paper away."""
    permissions.read_paper(by, paper).require()
    record("papers.read", paper.asked.challenge, by=by, paper=paper.pk)


@transaction.atomic
def chase_papers(challenge: Challenge, *, today: date, by: Actor) -> list[Chase]:
    """Remind the host once before each paper is due and once after, in one mail for all."""
    challenge = Challenge.objects.locked(challenge.pk)
    found = to_chase(challenge, today)
    if not found:
        return []
    now = timezone.now()
    for chase in found:
        # Whoever is told that it is late need not be told that it will be due.
        chase.asked.chased_before_at = chase.asked.chased_before_at or now
        if chase.late:
            chase.asked.chased_after_at = now
    PaperAsked.objects.bulk_update(
        [chase.asked for chase in found], ["chased_before_at", "chased_after_at"]
    )
    record("papers.chased", challenge, by=by, asked=[chase.asked.pk for chase in found])
    promise("rounds.remind_host_of_papers", challenge.pk)
    return found


def _ask(challenge: Challenge, by: User, **asked: object) -> PaperAsked:
    there = list(challenge.papers_asked.values_list("position", flat=True))
    if challenge.papers_asked.standing().count() >= MOST_ASKED:
        no(f"There are {MOST_ASKED} on the list, which is the most.").require()
    row = challenge.papers_asked.create(position=max(there, default=0) + 1, asked_by=by, **asked)
    record("papers.asked", challenge, by=by, asked=row.pk)
    return row


def _locked(asked: PaperAsked) -> tuple[Challenge, PaperAsked]:
    challenge = Challenge.objects.locked(asked.challenge_id)
    asked = PaperAsked.objects.get(pk=asked.pk)
    asked.challenge = challenge
    return challenge, asked
