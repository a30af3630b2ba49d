"""On PYTHONPATH this stands before the real WeasyPrint, to which some words become poison."""

import importlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = str(Path(__file__).parent)


def for_ever() -> None:
    while True:
        pass


def eat() -> None:
    eaten = []
    while True:
        eaten.append(b"x" * 10_000_000)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


POISON: dict[str, Callable[[], None]] = {
    "poisontime": for_ever,
    "poisonmemory": eat,
    "poisonkill": kill,
}


def poisoned(render: Callable[..., Any]) -> Callable[..., Any]:
    def taste(self: Any, *args: Any, **kwargs: Any) -> Any:
        text = "".join(self.etree_element.itertext())
        for word, effect in POISON.items():
            if word in text:
                effect()
        return render(self, *args, **kwargs)

    return taste


where = sys.path.index(HERE)
sys.path.pop(where)
del sys.modules["weasyprint"]
real = importlib.import_module("weasyprint")
real.HTML.render = poisoned(real.HTML.render)  # type: ignore[attr-defined]
sys.path.insert(where, HERE)
