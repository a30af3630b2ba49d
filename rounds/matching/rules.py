"""The hard rules, each by name and with the sentence that an officer reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rounds.matching.problem import DIRECTED, GROUPS, PAIRS, PANEL, Ids, Problem

# Up to so many names are listed; more are counted.
NAMED = 4
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

BLOCKS = {
    "conflict": "{challenger} has a declared conflict of interest with {host}",
    "declined": "{challenger} challenging {host} has been declined before",
    "intervention": "{challenger} is in intervention and may not challenge {host}",
    "merged": "{challenger} and {host} were one authority",
    "unavailable": "there are no dates on which {challenger} and {host} both can",
    "neighbour": "{challenger} borders {host}",
    "excluded": "{challenger} challenging {host} has been excluded",
}


class Rule(NamedTuple):
    """One demand on the answer; rules that `says` the same of several are said together."""

    name: str
    about: tuple[str, ...]
    says: str
    each: str = ""


def numbered(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def listed(names: Sequence[str], last: str = "and") -> str:
    """“Bath, Poole and Scilly”."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def blocked(problem: Problem, host: str, challenger: str, rule: str) -> str:
    """Why a rule of the round forbids this challenger to this host."""
    sentence = BLOCKS.get(rule, "{challenger} may not challenge {host}: " + rule)
    return sentence.replace("{host}", problem.name(host)).replace(
        "{challenger}", problem.name(challenger)
    )


def oneself(host: str, challenger: str) -> bool:
    """Nobody challenges itself, not even when locked."""
    return host == challenger


def is_host(problem: Problem, host: str) -> bool:
    """In pairs and groups everybody is challenged."""
    return problem.by_id[host].hosts or problem.topology not in (DIRECTED, PANEL)


def usable(problem: Problem, host: str, challenger: str) -> bool:
    """There is such an arc and no rule forbids it, or the officer has locked it."""
    arc = problem.by_pair.get((host, challenger))
    if arc is None or oneself(host, challenger) or not is_host(problem, host):
        return False
    return not arc.blocked_by or (host, challenger) in problem.locks


def choice(problem: Problem, host: str, challengers: Iterable[str]) -> Rule:
    """A host must get its challengers, out of those that may be it."""
    verb, noun, count = {
        DIRECTED: ("be challenged by", "challenger", problem.challengers_per_host),
        PANEL: ("be challenged by", "challenger", 3),
        PAIRS: ("be paired with", "partner", 1),
        GROUPS: ("be grouped with", "group", 1),
    }[problem.topology]
    names = [problem.name(who) for who in sorted(challengers)]
    need = f"have a {noun}" if count == 1 else f"have {numbered(count)} {noun}s"
    if problem.topology == GROUPS:
        sizes = listed([numbered(size) for size in sorted(problem.group_sizes)], "or")
        need = f"have a group of {sizes}"
    only = f"only {verb} {listed(names, 'or')}" if names else f"not {verb} anybody"
    if len(names) > NAMED:
        return Rule("choice", (host,), f"must {need}", f"must each {need}")
    if count == 1 and problem.topology != GROUPS:
        return Rule("choice", (host,), f"may {only}", f"may each {only}")
    says = f"{need} and may {only}"
    return Rule("choice", (host,), f"must {says}", f"must each {says}")


def once(problem: Problem, host: str) -> Rule:
    """A host gets no more challengers than the round gives each."""
    count = 3 if problem.topology == PANEL else problem.challengers_per_host
    says = "only once" if count == 1 else f"only {numbered(count)} times"
    return Rule("once", (host,), f"may be challenged {says}", f"may each be challenged {says}")


def challenges(count: int) -> str:
    return f"{numbered(count)} challenge{'' if count == 1 else 's'}"


def capacity(problem: Problem, who: str) -> Rule:
    """An authority gives at most so many challenges."""
    most = problem.by_id[who].gives_most
    says = f"only {challenges(most)}" if most else "no challenges"
    return Rule("capacity", (who,), f"may give {says}", f"may each give {says}")


def least(problem: Problem, who: str) -> Rule:
    """An authority gives at least so many challenges."""
    says = f"give at least {challenges(problem.by_id[who].gives_least)}"
    return Rule("least", (who,), f"must {says}", f"must each {says}")


def mutual(one: str, other: str) -> Rule:
    """No two challenge each other."""
    return Rule("mutual", (one, other), "may not challenge each other")


def locked(problem: Problem, pair: Ids) -> Rule:
    """The officer has locked a pair."""
    together = {PAIRS: "locked as a pair", GROUPS: "locked in one group"}
    if said := together.get(problem.topology):
        return Rule("locked", pair, f"are {said}")
    return Rule("locked", pair, f"{problem.name(pair[1])} is locked to challenge")


def unlisted(problem: Problem, pair: Ids) -> Rule:
    """A pair without an arc does not exist."""
    challenger = problem.name(pair[1])
    return Rule("unlisted", pair, f"{challenger} is not among those who may challenge")


def not_oneself(pair: Ids) -> Rule:
    return Rule("oneself", pair[:1], "may not challenge itself")


def not_hosting(pair: Ids) -> Rule:
    return Rule("hosts", pair[:1], "is not a host in this round")


def cannot_split(problem: Problem, everybody: Sequence[str]) -> Rule:
    """So many authorities, with nobody else to meet, do not divide."""
    if problem.topology == PAIRS:
        says = f"are {numbered(len(everybody))}, an odd number, and cannot all be in pairs"
        return Rule("odd", tuple(everybody), says)
    sizes = listed([numbered(size) for size in sorted(problem.group_sizes)], "or")
    says = f"are {numbered(len(everybody))}, which does not divide into groups of {sizes}"
    return Rule("sizes", tuple(everybody), says)


def said(problem: Problem, rule: Rule) -> str:
    """The rule as a sentence, without a full stop."""
    names = [problem.name(who) for who in rule.about]
    if rule.name in ("locked", "unlisted") and " challenge" in rule.says:
        return f"{rule.says} {names[0]}"
    if rule.name in ("mutual", "locked", "odd", "sizes"):
        return f"{listed(names)} {rule.says}"
    return f"{listed(names)} {rule.says if len(names) == 1 else rule.each}"


def together(rules: Iterable[Rule]) -> list[Rule]:
    """Rules that say the same of several authorities, as one: by name, then by whom."""
    merged: dict[tuple[str, str], Rule] = {}
    for rule in sorted(rules):
        key = (rule.name, rule.says) if rule.each else (rule.name, "/".join(rule.about))
        before = merged.get(key)
        merged[key] = rule._replace(about=before.about + rule.about) if before else rule
    return list(merged.values())
