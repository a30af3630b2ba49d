"""The environment, read once; a missing or unusable variable says what to do."""

import secrets
from collections.abc import Callable
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

# What each variable is for, told to whoever starts the site without it.
REQUIRED_FOR_REAL = {
    "SECRET_KEY": "a long random text; make one with: openssl rand -base64 48",
    "ALLOWED_HOSTS": "the names this site answers to, for instance peerchallenge.example.org",
    "DATABASE_URL": "where PostgreSQL is, for instance postgres://user:password@localhost/name",
}


def required(name: str, *, embedded: Callable[[], str]) -> str:
    """The variable's value; the embedded value only where DEBUG or DEMO is on."""
    if value := str(env.str(name, default="")):
        return value
    if env.bool("DEBUG", default=False) or env.bool("DEMO", default=False):
        return embedded()
    raise ImproperlyConfigured(f"Set {name}: {REQUIRED_FOR_REAL[name]}.")


def kept_secret(folder: Path) -> str:
    """The embedded site's own key: made once, so that sessions outlive a restart."""
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()
