from feedback.models.accuracy import AccuracyPoint, AccuracyReply
from feedback.models.concern import ImmediateConcern
from feedback.models.content import LetterContent
from feedback.models.details import LetterDetail
from feedback.models.finding import Finding, FindingSource, IndependentPhase, SaidDone
from feedback.models.host_text import HostText
from feedback.models.letter import Letter, LetterPart
from feedback.models.reminder import LetterReminder
from feedback.models.sharing import LetterFile, LetterShare, Redaction, WrittenByHost
from feedback.models.template import Letterhead, LetterPicture, LetterTemplate
