"""Promised about what a visit looks at and its papers; and what the clock asks of papers."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from peerchallenge.audit.actions import CLOCK
from rounds import actions, emails
from rounds.queries.papers import with_open_papers
from rounds.tasks.clock import EARLIEST
from rounds.tasks.rows import challenge_of


def ask_host_to_agree_scope(challenge_id: int) -> None:
    emails.ask_host_to_agree_scope(challenge_of(challenge_id))


def ask_lead_to_agree_scope(challenge_id: int) -> None:
    emails.ask_lead_to_agree_scope(challenge_of(challenge_id))


def tell_host_scope_agreed(challenge_id: int) -> None:
    emails.tell_host_scope_agreed(challenge_of(challenge_id))


def tell_challenger_scope_agreed(challenge_id: int) -> None:
    emails.tell_challenger_scope_agreed(challenge_of(challenge_id))


def tell_host_scope_reopened(challenge_id: int) -> None:
    emails.tell_host_scope_reopened(challenge_of(challenge_id))


def tell_lead_scope_reopened(challenge_id: int) -> None:
    emails.tell_lead_scope_reopened(challenge_of(challenge_id))


def tell_host_papers_asked(challenge_id: int) -> None:
    emails.tell_host_papers_asked(challenge_of(challenge_id))


def remind_host_of_papers(challenge_id: int) -> None:
    emails.remind_host_of_papers(challenge_of(challenge_id))


@shared_task(name="rounds.chase_papers", ignore_result=True)
def chase_papers() -> None:
    """Every hour from eight in the morning: papers due soon, and those that are late, each once."""
    now = timezone.localtime()
    if now.hour < EARLIEST:
        return
    for challenge in with_open_papers():
        actions.chase_papers(challenge, today=now.date(), by=CLOCK)
