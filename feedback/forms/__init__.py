from feedback.forms.accuracy import CheckForm, PlaceParams, PointsForm
from feedback.forms.concerns import ConcernForm, ToldForm
from feedback.forms.findings import FilterForm, FindingChangeForm, FindingForm, FindingsParams
from feedback.forms.findings_work import (
    MergeForm,
    MergeParams,
    MoveForm,
    OrderParams,
    SourceForm,
)
from feedback.forms.following import FollowParams
from feedback.forms.host_texts import HostTextForm, SeenParams
from feedback.forms.letterheads import LetterheadForm
from feedback.forms.letters import (
    CorrectionForm,
    IssueParams,
    OnlyParams,
    ProgressParams,
    ReadParams,
    SendBackForm,
)
from feedback.forms.sharing import (
    AudienceParams,
    LeaveOutForm,
    PageParams,
    ShareForm,
    WithdrawForm,
)
from feedback.forms.verifying import FingerprintParams, VerifyForm
from feedback.forms.writing import LetterForm
