"""Files such as an authority has, made by the programs that make them."""

from __future__ import annotations

import io

from docx import Document
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from PIL import Image

W = "http://schemas.openxmlformats.org/"
SLIDES = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/'
    'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.'
    'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
    '"application/xml"/><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>',
    "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{W}package/2006/relationships">'
    f'<Relationship Id="r1" Type="{W}officeDocument/2006/relationships/officeDocument" '
    'Target="ppt/presentation.xml"/></Relationships>',
    "ppt/presentation.xml": f'<?xml version="1.0"?><p:presentation xmlns:p="{W}presentationml/'
    '2006/main"/>',
}


def docx(*, link: str = "", picture: bool = False) -> bytes:
    document, kept = Document(), io.BytesIO()
    document.add_heading("Early help strategy")
    for line in range(40):
        document.add_paragraph(f"Paragraph {line} of a strategy that is read by its partners.")
    if link:
        kind = f"{W}officeDocument/2006/relationships/hyperlink"
        document.part.relate_to(link, kind, is_external=True)
    if picture:
        document.add_picture(io.BytesIO(png()))
    document.save(kept)
    return kept.getvalue()


def xlsx(*, chart: bool = False, comment: bool = False, rows: int = 50) -> bytes:
    book, kept = Workbook(), io.BytesIO()
    sheet = book.active
    for row in range(rows):
        sheet.append([f"Ward {row}", row * 7 % 53, f"=B{row + 1}*2"])
    if chart:
        drawn = BarChart()
        drawn.add_data(Reference(sheet, min_col=2, min_row=1, max_row=20))
        sheet.add_chart(drawn, "E2")
    if comment:
        sheet["A1"].comment = Comment("Checked in May", "Analyst")
    book.save(kept)
    return kept.getvalue()


def pptx() -> bytes:
    return packed(SLIDES)


def png(size: tuple[int, int] = (320, 200), mode: str = "RGB") -> bytes:
    kept = io.BytesIO()
    Image.new(mode, size).save(kept, "PNG")
    return kept.getvalue()


def jpeg(*, progressive: bool = False, mode: str = "RGB") -> bytes:
    kept = io.BytesIO()
    Image.effect_noise((400, 300), 60).convert(mode).save(kept, "JPEG", progressive=progressive)
    return kept.getvalue()


def pdf(body: str = "<p>Annual report</p>", *, tagged: bool = False) -> bytes:
    from weasyprint import HTML  # slow

    page = f'<html lang="en"><head><title>Report</title></head><body><h1>Report</h1>{body}</body>'
    made: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1" if tagged else None)
    return made


def packed(parts: dict[str, str | bytes]) -> bytes:
    import zipfile

    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return kept.getvalue()


def good_files() -> list[tuple[str, bytes]]:
    return [
        ("strategy.docx", docx()),
        ("strategy with a link.docx", docx(link="https://example.org/plan")),
        ("strategy with an address.docx", docx(link="mailto:office@example.org")),
        ("strategy with a picture.docx", docx(picture=True)),
        ("STRATEGY.DOCX", docx()),
        ("figures.xlsx", xlsx()),
        ("figures and a chart.xlsx", xlsx(chart=True)),
        ("figures and a comment.xlsx", xlsx(comment=True)),
        ("many figures.xlsx", xlsx(rows=20_000)),
        ("one cell.xlsx", xlsx(rows=1)),
        ("slides.pptx", pptx()),
        ("report.pdf", pdf()),
        ("tagged report.pdf", pdf(tagged=True)),
        ("report with a link.pdf", pdf('<a href="https://example.org/">more</a>')),
        ("long report.pdf", pdf("<p>Line of a long report.</p>" * 1_000)),
        ("report with contents.pdf", pdf("<h2 id=a>One</h2><a href='#a'>to one</a>")),
        ("chart.png", png()),
        ("grey chart.png", png(mode="L")),
        ("clear chart.png", png(mode="RGBA")),
        ("large chart.png", png((4_000, 3_000))),
        ("photograph.jpg", jpeg()),
        ("photograph.jpeg", jpeg(progressive=True)),
        ("print.jpg", jpeg(mode="CMYK")),
        ("grey.jpg", jpeg(mode="L")),
        ("Plan für Überblick (final) – v2.pdf", pdf("<p>Ü</p>")),
    ]
