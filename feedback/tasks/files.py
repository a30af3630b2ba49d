from feedback import actions, documents
from feedback.models import LetterFile
from peerchallenge.audit.actions import CLOCK


def make_file(file_id: int) -> None:
    file = LetterFile.objects.filter(pk=file_id, made_at=None).select_related("letter").first()
    if file:
        actions.keep_file(file, documents.render_file(file), by=CLOCK)
