"""What a file is called: which kinds are taken, and a name that is safe to give back."""

from __future__ import annotations

import re
import unicodedata

from peerchallenge.shared.uploads.refusals import UploadRefused

# Ending to kind, and kind to what a browser is told.
ENDINGS = {
    "pdf": "pdf",
    "docx": "docx",
    "xlsx": "xlsx",
    "pptx": "pptx",
    "png": "png",
    "jpg": "jpg",
    "jpeg": "jpg",
}
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
}
INSTEAD = {
    **dict.fromkeys(("doc", "docm", "dot", "dotx", "dotm", "odt", "rtf", "pages"), "Word (.docx)"),
    **dict.fromkeys(("xls", "xlsm", "xlsb", "xltx", "xltm", "ods", "csv"), "Excel (.xlsx)"),
    **dict.fromkeys(("ppt", "pptm", "pps", "ppsx", "ppsm", "potx", "odp"), "PowerPoint (.pptx)"),
    **dict.fromkeys(("heic", "gif", "bmp", "tif", "tiff", "webp", "svg"), "a picture (.jpg)"),
    **dict.fromkeys(("txt", "htm", "html", "msg", "eml", "md"), "PDF"),
}
LONGEST_NAME = 120
UNSAFE = re.compile(r'[<>:"|?*;%]+')


def kind_named(name: str) -> str:
    """The kind that the name's ending says, once what nobody sees in it is taken out."""
    _, point, ending = _last_part(name).casefold().rpartition(".")
    if point and (kind := ENDINGS.get(ending)):
        return kind
    if better := INSTEAD.get(ending):
        raise UploadRefused(f"Files that end in .{ending} are not taken. Save it as {better} first")
    if ending in ("zip", "7z", "rar", "tar", "gz"):
        raise UploadRefused("Folders and archives are not taken. Attach the documents one by one")
    raise UploadRefused(
        "Only PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx) and pictures (.png, .jpg) are "
        "taken. Save it as one of these first"
    )


def clean_name(name: str, kind: str) -> str:
    """No folders, nothing invisible or turned round, not too long, and the kind's own ending."""
    stem = UNSAFE.sub(" ", _last_part(name).rpartition(".")[0])
    stem = re.sub(r"\s+", " ", stem).strip(" .-_")[:LONGEST_NAME].rstrip(" .-_")
    return f"{stem or 'document'}.{kind}"


def _last_part(name: str) -> str:
    """What follows the last slash of either kind, without control and formatting characters."""
    plain = unicodedata.normalize("NFC", name[-4_000:])
    seen = "".join(char for char in plain if unicodedata.category(char)[0] != "C")
    return re.split(r"[/\\]", seen)[-1].strip()
