"""A believable region, built only with actions."""

PASSWORD = "demo-peer-challenge"  # noqa: S105  # meant to be known; only where the demo is on
