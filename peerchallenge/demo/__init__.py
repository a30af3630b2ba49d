"""A believable region, built only with actions."""

PASSWORD = "demo-peer-challenge"  # noqa: S105  # meant to be known; only where the demo is on
SIGN_INS = (
    ("officer@southwest.example", "runs the round"),
    ("director.bath-and-north-east-somerset@southwest.example", "hosts a visit"),
    ("lead.dorset@southwest.example", "leads the reviewers who visit Bath"),
    ("approver@southwest.example", "signs letters off"),
    ("chair@southwest.example", "reads what the board reads"),
)
