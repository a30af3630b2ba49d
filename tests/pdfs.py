"""What two standards say of a PDF: PDF/UA-1, for every reader, and PDF/A-2a, which keeps."""

from page import ValidationProfile, validate_pdf_bytes

RULES = {ValidationProfile.PDF_UA_1: 104, ValidationProfile.PDF_A_2A: 154}


def faults(pdf: bytes) -> list[str]:
    """The rules that it breaks, of all those of both."""
    found = []
    for profile, rules in RULES.items():
        report = validate_pdf_bytes(pdf, profile=profile)
        assert report.rules.total == rules
        found += [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    return found
