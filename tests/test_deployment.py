"""The image, the compose file and the sample environment agree with the code and run it."""

import ast
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
import yaml

from tests.services import Postgres, Redis, free_port

ROOT = Path(__file__).parent.parent
PROGRAMS = Path(sys.executable).parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
DOCKERFILE = re.sub(r"\\\n", "", (ROOT / "Dockerfile").read_text())
SAMPLE = (ROOT / ".env.sample").read_text()
EXPLAINED = set(re.findall(r"^#?([A-Z_]+)=", SAMPLE, re.MULTILINE))
# docker-compose.yml makes DATABASE_URL from it, so the code never sees it.
COMPOSE_ALONE = {"POSTGRES_PASSWORD"}


def read_by_the_code() -> set[str]:
    """The first argument of every `env.something("NAME")` and `required("NAME")`."""
    found = set()
    for module in ("settings", "env"):
        for node in ast.walk(ast.parse((ROOT / f"peerchallenge/{module}.py").read_text())):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                asked = ast.unparse(node.func)
                if asked.startswith("env.") or asked == "required":
                    found.add(str(node.args[0].value))
    return {name for name in found if name.isupper()}


def test_the_sample_explains_exactly_what_is_read() -> None:
    assert read_by_the_code() == EXPLAINED - COMPOSE_ALONE


def test_a_shell_can_read_the_sample() -> None:
    filled = re.sub(r"^#([A-Z_]+=)", r"\1", SAMPLE, flags=re.MULTILINE)
    script = f"set -eu -a\n{filled}\nenv"
    done = subprocess.run(
        ["sh", "-c", script],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert {line.split("=")[0] for line in done.stdout.splitlines()} >= EXPLAINED


def test_the_compose_file_names_only_what_the_sample_explains() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert set(re.findall(r"\$\{([A-Z_]+)", text)) <= EXPLAINED
    for service in OURS.values():
        assert set(service["environment"]) <= EXPLAINED
        assert service["env_file"] == ".env"


def test_the_compose_file_holds_together() -> None:
    assert set(SERVICES) == {"db", "redis", "migrate", "web", "worker", "beat", "mail"}
    for service in SERVICES.values():
        for name, wanted in service.get("depends_on", {}).items():
            healthy = wanted["condition"] == "service_healthy"
            assert not healthy or "healthcheck" in SERVICES[name]
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:")  # a proxy in front speaks to the world
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in COMPOSE["volumes"]


def test_the_image_takes_what_is_there_and_does_not_run_as_root() -> None:
    sent = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert [name for name in sent if not (ROOT / name).exists()] == []
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    names = {name for line in copied for name in line.split()} - {"."}
    assert names <= set(sent)
    assert re.findall(r"^USER (\w+)$", DOCKERFILE, re.MULTILINE) == ["peerchallenge"]


# --- What the containers run, run here ------------------------------------------------


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a site behind an HTTPS proxy, its database and static files ready."""
    folder = tmp_path_factory.mktemp("real")
    unwanted = ("DEBUG", "DEMO", "EMAIL_URL")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    with Postgres() as database, Redis() as redis:
        environment = kept | {
            "SECRET_KEY": "x7" * 40,
            "ALLOWED_HOSTS": "peerchallenge.example.org,127.0.0.1",
            "BASE_URL": "https://peerchallenge.example.org",
            "BEHIND_PROXY": "true",
            "DATABASE_URL": database.url,
            "REDIS_URL": redis.url,
            "DATA_DIR": str(folder),
            "STATIC_ROOT": str(folder / "static"),
        }
        collect = ["manage.py", "collectstatic", "--noinput", "--verbosity=0"]
        for words in (SERVICES["migrate"]["command"][1:], collect):
            subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True)
        yield environment


@contextmanager
def running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[Path]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [PROGRAMS / command[0], *command[1:]],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )
    try:
        yield log
        assert process.poll() is None, log.read_text()
    finally:
        process.terminate()
        process.wait(60)


def wait_until(log: Path, words: str) -> None:
    deadline = time.monotonic() + 120
    while words not in log.read_text() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert words in log.read_text()


def get(address: str, **headers: str) -> tuple[int, dict[str, str], str]:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with urlopen(Request(address, headers=headers)) as answer:
                return answer.status, dict(answer.headers), answer.read().decode()
        except HTTPError:
            raise
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def test_the_web_container_serves_pages_and_passes_its_own_check(
    real: dict[str, str], tmp_path: Path
) -> None:
    (command,) = (
        json.loads(words) for words in re.findall(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)
    )
    port = free_port()
    command[command.index("--bind=0.0.0.0:8000")] = f"--bind=127.0.0.1:{port}"
    site = f"http://127.0.0.1:{port}"
    with running(command, real, tmp_path / "log"):
        proxied = {"Host": "peerchallenge.example.org", "X-Forwarded-Proto": "https"}
        status, headers, page = get(f"{site}/accessibility", **proxied)
        assert status == 200
        assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
        (sheet,) = re.findall(r'href="(/static/app\.[0-9a-f]{12}\.css)"', page)
        _, headers, _ = get(f"{site}{sheet}", **proxied)
        assert "immutable" in headers["Cache-Control"]
        script = SERVICES["web"]["healthcheck"]["test"][3].replace(":8000", f":{port}")
        check = [sys.executable, "-c", script]
        assert subprocess.run(check, env=real, check=False).returncode == 0
        elsewhere = real | {"ALLOWED_HOSTS": "another.example.org"}
        refused = subprocess.run(check, env=elsewhere, check=False, capture_output=True)
        assert refused.returncode != 0


@pytest.mark.parametrize(
    ("service", "words"), [("worker", "ready."), ("beat", "Sending due task sweep")]
)
def test_the_other_containers_start(
    service: str, words: str, real: dict[str, str], tmp_path: Path
) -> None:
    with running(SERVICES[service]["command"], real, tmp_path / "log") as log:
        wait_until(log, words)


def test_a_missing_variable_says_what_to_do(real: dict[str, str]) -> None:
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"):
        done = subprocess.run(
            [sys.executable, "manage.py", "check"],
            cwd=ROOT,
            env={key: value for key, value in real.items() if key != name},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode != 0
        assert f"Set {name}: " in done.stderr
