from __future__ import annotations

from django.utils.text import slugify

from rounds.models.content import SelfAssessmentContent


def self_assessment_filename(content: SelfAssessmentContent, ending: str) -> str:
    """What the downloaded file is called: letters, digits and hyphens only."""
    which = f" version {content.version}" if content.version > 1 else ""
    draft = " draft" if content.is_draft else ""
    name = slugify(f"{content.authority} self-assessment {content.round}{which}{draft}")
    return f"{name}.{ending}"


def words_said(content: SelfAssessmentContent) -> str:
    return f"{content.words:,} word{'' if content.words == 1 else 's'}"
