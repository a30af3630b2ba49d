import subprocess
import sys
from pathlib import Path

from kombu import Connection

from peerchallenge.celery import app

MESSAGES = 400
SENDER = """
import sys
from kombu import Connection
from peerchallenge.outbox import folder
folder.install()
folders = ("data_folder_in", "data_folder_out", "control_folder")
options = dict(zip(folders, (sys.argv[1], sys.argv[1], sys.argv[2])))
with Connection("filesystem://", transport_options=options) as connection:
    queue = connection.SimpleQueue("letters")
    for number in range(int(sys.argv[3])):
        queue.put({"number": number})
"""


def test_messages_arrive_whole_and_in_order_while_they_are_written(tmp_path: Path) -> None:
    assert app.conf.broker_url  # the app has put our transport in kombu's place
    inbox, control = tmp_path / "queue", tmp_path / "control"
    inbox.mkdir()
    options = {
        "data_folder_in": str(inbox),
        "data_folder_out": str(inbox),
        "control_folder": str(control),
        "polling_interval": 0.001,
    }
    words = [sys.executable, "-c", SENDER, str(inbox), str(control), str(MESSAGES)]
    with (
        Connection("filesystem://", transport_options=options) as connection,
        connection.SimpleQueue("letters") as queue,
        subprocess.Popen(words, cwd=Path(__file__).parents[3]) as sender,
    ):
        received = []
        for _ in range(MESSAGES):
            message = queue.get(timeout=120)
            received.append(message.payload["number"])
            message.ack()
    assert sender.returncode == 0
    assert received == list(range(MESSAGES))
    assert list(inbox.iterdir()) == []
