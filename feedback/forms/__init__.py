from feedback.forms.findings import FindingChangeForm, FindingForm, FindingsParams
from feedback.forms.letters import AccuracyForm, IssueParams, LetterForm, SendBackForm
