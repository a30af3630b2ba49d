"""Throw-away PostgreSQL and Redis on free loopback ports.

`tests/plugin.py` starts one of each for a whole run. A test that wants to break a service
starts one of its own: `with Postgres(durable=True) as database: ...`.
"""

import atexit
import contextlib
import os
import pwd
import random
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

import psycopg
import redis

LOOPBACK = "127.0.0.1"
OURS = range(15_000, 32_000)
# As the clusters of `docker-compose.yml`: sorted the way British readers expect.
LIKE_REAL = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-GB"]
HURRIED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # It would count tables while a test has rolled all its rows back; planned for as if they stayed
    # empty, building the demo took 430 seconds instead of 33.
    "autovacuum": "off",
}


class ServiceError(Exception):
    """A service is missing or would not start; the text says what to do."""


def free_port() -> int:
    """A loopback port that nobody uses at this moment.

    Below those that the kernel gives to connections going out: one of them could have the port
    while what listens there is started again.
    """
    for port in random.SystemRandom().sample(OURS, 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((LOOPBACK, port))
                return port
    raise ServiceError("No port is free on this machine.")


class Service:
    """One server process in a folder of its own, which ends with the process that started it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="peerchallenge-"))
        self.password = secrets.token_hex(16)
        self.port = free_port()
        self.known = False
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = os.getpid()
        atexit.register(self.close)

    def command(self) -> list[str]:
        raise NotImplementedError

    def answers(self) -> bool:
        raise NotImplementedError

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def url(self) -> str:
        raise NotImplementedError

    def start(self) -> Self:
        """Start the process and wait until it answers; once started it keeps its port."""
        for pause in (0.2, 0.5, 1.0, 5.0, 0):
            if self.launched():
                self.known = True
                return self
            # Somebody took the port, or the processes of one that was killed are still ending.
            time.sleep(pause)
            self.port = self.port if self.known else free_port()
        raise ServiceError(f"{self.command()[0]} did not start:\n{self.log.read_text()}")

    def launched(self, *, within: float = 60.0) -> bool:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                # A controller that is killed cannot stop anything: the kernel does it then.
                ["setpriv", "--pdeathsig", "INT", *self.command()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,  # Ctrl-C stops the tests first, and they stop this
            )
        deadline = time.monotonic() + within
        while self.process.poll() is None and time.monotonic() < deadline:
            if self.answers():
                return True
            time.sleep(0.02)
        self.kill()
        return False

    def stop(self, how: signal.Signals = signal.SIGINT, *, within: float = 30.0) -> None:
        """Ask the process to end; SIGINT lets it finish in order."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def kill(self) -> None:
        """End the process as a power cut would."""
        self.stop(signal.SIGKILL)

    def restart(self, *, immediate: bool = False) -> Self:
        """Stop, in order or at once, and start again on the same port."""
        if immediate:
            self.kill_immediate()
        else:
            self.stop()
        return self.start()

    def kill_immediate(self) -> None:
        """End the process with nothing tidied up or written out."""
        self.kill()

    def close(self) -> None:
        """Stop for good and remove every trace."""
        if os.getpid() != self.owner:
            return  # a forked child must not stop its parent's server
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        atexit.unregister(self.close)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.close()


class Postgres(Service):
    """A PostgreSQL cluster of one's own; `durable` makes it survive its own death."""

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__()
        self.programs = postgres_programs()
        self.settings = {
            "listen_addresses": LOOPBACK,
            "unix_socket_directories": "",
            "max_connections": "200",
            "jit": "off",  # it compiles for longer than these small queries run
        }
        if not durable:
            self.settings |= HURRIED
        # PostgreSQL refuses to run as root, so root hands it to Debian's own user for it.
        self.user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        self.create()

    def create(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        secret.chmod(0o600)
        if self.user is not None:
            for path in (self.folder, secret):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)
        initdb = [str(self.programs / "initdb"), "--pgdata", str(self.data), "--no-sync"]
        secured = ["--username=postgres", "--auth=password", f"--pwfile={secret}"]
        done = subprocess.run(
            [*self.drop_root(), *initdb, *secured, *LIKE_REAL],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ServiceError(f"initdb failed:\n{done.stdout}{done.stderr}")

    def drop_root(self) -> list[str]:
        if self.user is None:
            return []
        ids = [f"--reuid={self.user.pw_uid}", f"--regid={self.user.pw_gid}"]
        return ["setpriv", *ids, "--clear-groups", "--pdeathsig", "INT"]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def command(self) -> list[str]:
        program = [str(self.programs / "postgres"), "-D", str(self.data), "-p", str(self.port)]
        options = [f"--{name}={value}" for name, value in self.settings.items()]
        return [*self.drop_root(), *program, *options]

    @property
    def url(self) -> str:
        return f"postgres://postgres:{self.password}@{LOOPBACK}:{self.port}/postgres"

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def kill_immediate(self) -> None:
        """As `pg_ctl stop -m immediate`: every backend dies, recovery runs at the next start."""
        self.stop(signal.SIGQUIT)


class Redis(Service):
    """A Redis that keeps nothing: a restart or `flush` loses whatever was queued."""

    def command(self) -> list[str]:
        return [redis_program(), str(self.settings_file())]

    def settings_file(self) -> Path:
        # In a file and not on the command line, which other users of the machine can read.
        path = self.folder / "redis.conf"
        path.touch(mode=0o600)
        path.write_text(
            f"bind {LOOPBACK}\nport {self.port}\nrequirepass {self.password}\n"
            f'dir "{self.folder}"\nsave ""\nappendonly no\ndatabases 64\n'
        )
        return path

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{LOOPBACK}:{self.port}/0"

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url)

    def answers(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def flush(self) -> None:
        """Forget everything, as an administrator's slip or a full memory would."""
        with self.client() as client:
            client.flushall()


def postgres_programs() -> Path:
    """The folder of the newest PostgreSQL server programs on this machine."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(debian, key=lambda path: float(path.parent.parent.name))
    found = newest[-1] if newest else shutil.which("initdb")
    if not found:
        raise ServiceError("PostgreSQL is missing; `make test` installs what the tests need.")
    return Path(found).parent


def redis_program() -> str:
    found = shutil.which("redis-server", path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/sbin")
    if not found:
        raise ServiceError("Redis is missing; `make test` installs what the tests need.")
    return found
