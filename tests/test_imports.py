"""Every import contract holds, and every one of them notices when it does not."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("peerchallenge", "authorities", "rounds", "feedback")
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code alone, in a folder where a test may spoil it."""
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache", "--no-logo", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_holds(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout
    for name in CONTRACTS.values():
        assert f"{name} KEPT" in done.stdout


PLANTED = [
    ("one-way", "authorities/states.py", "import rounds.states"),
    ("one-way", "rounds/states.py", "import feedback.states"),
    ("one-way", "peerchallenge/outbox/models.py", "import authorities.models"),
    ("one-way", "feedback/states.py", "import peerchallenge.views"),
    ("root", "peerchallenge/shared/answers.py", "import peerchallenge.audit.models"),
    ("root", "peerchallenge/audit/models.py", "import peerchallenge.outbox.models"),
    ("root", "peerchallenge/utils.py", ""),
    ("authorities", "authorities/states.py", "import authorities.models"),
    ("authorities", "authorities/helpers.py", ""),
    ("rounds", "rounds/states.py", "import rounds.models"),
    ("rounds", "rounds/services.py", ""),
    ("feedback", "feedback/states.py", "import feedback.models"),
    ("feedback", "feedback/manager.py", ""),
]


@pytest.mark.parametrize(("contract", "file", "line"), PLANTED)
def test_a_contract_fails_when_it_is_broken(
    contract: str, file: str, line: str, copy: Path
) -> None:
    with (copy / file).open("a") as code:
        code.write(f"\n{line}\n")
    done = lint(copy, "--contract", contract)
    assert done.returncode == 1, done.stderr
    assert f"{CONTRACTS[contract]} BROKEN" in done.stdout


def test_every_contract_has_been_seen_to_fail() -> None:
    assert {contract for contract, _, _ in PLANTED} == set(CONTRACTS)
