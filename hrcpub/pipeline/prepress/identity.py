"""Who made a document, when, and which standards it conforms to: its Info dictionary and its XMP.

Both say the same (ISO 19005-2 §6.6.2.3). Dates are those of the revision and not of the clock, and
identifiers are made from the content: so the same words give the same bytes on any day, in any time
zone.
"""

from __future__ import annotations

import datetime
import hashlib
import html
import uuid
from typing import NamedTuple

import pydyf

from hrcpub import __version__

PRODUCER = f"hrcpub {__version__}"


class Identity(NamedTuple):
    """What a document says of itself. `digest` is that of all that it is made from."""

    title: str
    author: str | None
    language: str
    revised: datetime.date
    digest: str
    others: tuple[str, ...] = ()  # further languages that its words are in
    version: str = "1"  # its revision, as its author counts them
    code: str = ""  # by which it is reordered
    reviewers: tuple[str, ...] = ()  # who has reviewed the words, as what, and when
    sources: tuple[str, ...] = ()  # what the words rest on


def name_creator(pdf: pydyf.PDF) -> None:
    """Name this program as the one that wrote the document."""
    pdf.info["Creator"] = pydyf.String(PRODUCER)


def set_press_identity(pdf: pydyf.PDF, identity: Identity) -> None:
    """Declare PDF/X-4 and PDF/A-2b, in the XMP and in the Info dictionary."""
    moment = f"{identity.revised:%Y-%m-%d}T00:00:00Z"
    pdf.info.clear()
    pdf.info["Title"] = pydyf.String(identity.title)
    if identity.author:
        pdf.info["Author"] = pydyf.String(identity.author)
    pdf.info["Creator"] = pdf.info["Producer"] = pydyf.String(PRODUCER)
    pdf.info["CreationDate"] = pdf.info["ModDate"] = pydyf.String(
        f"D:{identity.revised:%Y%m%d}000000Z"
    )
    pdf.info["Trapped"] = "/False"
    metadata = pydyf.Stream(
        [xmp(identity, moment).encode()], {"Type": "/Metadata", "Subtype": "/XML"}, compress=False
    )
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference
    pdf.catalog["Lang"] = pydyf.String(identity.language)


def identifier(parts: list[str]) -> str:
    """Return a digest of all that a document is made from."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def xmp(identity: Identity, moment: str) -> str:
    """Return the XMP packet of a press file (ISO 16684-1); `moment` is its date and time."""
    # Version 5 says that it is made from a digest and not from a clock (RFC 9562 §5.5).
    document = uuid.UUID(identity.digest[:32], version=5)
    instance = uuid.UUID(identity.digest[32:64], version=5)
    title, producer = _escaped(identity.title), _escaped(PRODUCER)
    facts = _creator(identity.author) + _trace(identity)
    # The id is the same in every packet, and the mark of the byte order tells its encoding (ISO
    # 16684-1 §7.3.2).
    tongues = "".join(
        f"<rdf:li>{_escaped(one)}</rdf:li>" for one in (identity.language, *identity.others)
    )
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{facts}<dc:language><rdf:Bag>{tongues}</rdf:Bag></dc:language>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
<xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>
<xmpMM:VersionID>{_escaped(identity.version)}</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description>
{_EXTENSIONS}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def _creator(author: str | None) -> str:
    if not author:
        return ""
    return f"<dc:creator><rdf:Seq><rdf:li>{_escaped(author)}</rdf:li></rdf:Seq></dc:creator>"


def _trace(identity: Identity) -> str:
    """Return whose words these are, in properties that PDF/A knows (ISO 19005-2 §6.6.2.3.1)."""
    found = ""
    if identity.code:
        found += f"<dc:identifier>{_escaped(identity.code)}</dc:identifier>"
    if identity.reviewers:
        names = "".join(f"<rdf:li>{_escaped(one)}</rdf:li>" for one in identity.reviewers)
        found += f"<dc:contributor><rdf:Bag>{names}</rdf:Bag></dc:contributor>"
    if identity.sources:
        found += f"<dc:source>{_escaped('; '.join(identity.sources))}</dc:source>"
    return f"{found}\n" if found else ""


def _schema(prefix: str, namespace: str, name: str, field: str, about: str) -> str:
    return f"""<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>{name}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{field}</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>{about}</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>"""


# PDF/A does not know these properties of PDF/X, so the file must describe them (ISO 19005-2
# §6.6.2.3.3).
_SCHEMAS = "".join(
    _schema(*fields)
    for fields in (
        (
            "pdfxid",
            "http://www.npes.org/pdfx/ns/id/",
            "PDF/X identification",
            "GTS_PDFXVersion",
            "The PDF/X version that the file keeps",
        ),
        (
            "pdf",
            "http://ns.adobe.com/pdf/1.3/",
            "Adobe PDF",
            "Trapped",
            "Whether the file has been trapped",
        ),
    )
)
_EXTENSIONS = f"""<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>
{_SCHEMAS}
</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


def _escaped(text: str) -> str:
    # Not by xml.sax.saxutils: it loads all that fetches files from the web.
    return html.escape(text, quote=False)
