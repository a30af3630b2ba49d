from feedback.urls.checking import checking
from feedback.urls.concerns import concerns
from feedback.urls.findings import findings
from feedback.urls.host_texts import host_texts
from feedback.urls.letters import letters
from feedback.urls.releasing import releasing
from feedback.urls.sharing import sharing
from feedback.urls.templates import templates
from feedback.urls.verifying import verifying

urlpatterns = [
    *findings,
    *concerns,
    *templates,
    *letters,
    *checking,
    *releasing,
    *verifying,
    *sharing,
    *host_texts,
]
