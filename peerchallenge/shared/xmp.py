"""What a PDF says of itself in XMP: PDF/A-2a, and beside it PDF/UA-1.

PDF/A allows only properties that it knows or that the file describes itself; it is older than
PDF/UA, whose one property is therefore described here.
"""

PDFUA = "http://www.aiim.org/pdfua/ns/id/"
PDFA = "http://www.aiim.org/pdfa/ns"

ACCESSIBLE_TOO = (
    f'<rdf:Description rdf:about="" xmlns:pdfuaid="{PDFUA}" pdfuaid:part="1"/>'
    f'<rdf:Description rdf:about="" xmlns:pdfaExtension="{PDFA}/extension/" '
    f'xmlns:pdfaSchema="{PDFA}/schema#" xmlns:pdfaProperty="{PDFA}/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    f"<pdfaSchema:namespaceURI>{PDFUA}</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>The part of ISO 14289 that it follows</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property>"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
).encode()
END = b"</rdf:RDF>"


def say_accessible(packet: bytes) -> bytes:
    """The XMP packet of a PDF/A file, which says now that the file is PDF/UA-1 as well."""
    before, end, after = packet.rpartition(END)
    return before + ACCESSIBLE_TOO + end + after
