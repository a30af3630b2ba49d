from feedback.queries.composing import (
    letter_content,
    missing_from_letter,
    reference_of,
    template_parts,
)

__all__ = ["letter_content", "missing_from_letter", "reference_of", "template_parts"]
