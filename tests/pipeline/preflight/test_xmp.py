"""XMP packets in the ways in which programs write them, to the same properties."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.preflight.page.xmp import properties

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
X4 = "http://www.npes.org/pdfx/ns/id/"
DC = "http://purl.org/dc/elements/1.1/"


def packet(description: str) -> bytes:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<r:RDF xmlns:r="{RDF}">{description}</r:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


@pytest.mark.parametrize(
    "description",
    [
        f'<r:Description xmlns:pdfxid="{X4}"><pdfxid:GTS_PDFXVersion>PDF/X-4'
        "</pdfxid:GTS_PDFXVersion></r:Description>",
        # the namespace said at the property, and under another prefix
        f'<r:Description><x:GTS_PDFXVersion xmlns:x="{X4}"> PDF/X-4 </x:GTS_PDFXVersion>'
        "</r:Description>",
        f'<r:Description xmlns:p="{X4}" p:GTS_PDFXVersion="PDF/X-4"/>',
        # the last of several descriptions
        f'<r:Description/><r:Description xmlns="{X4}"><GTS_PDFXVersion>PDF/X-4'
        "</GTS_PDFXVersion></r:Description>",
    ],
)
def test_a_property_is_found_however_it_is_written(description: str) -> None:
    assert properties(packet(description)) == {"pdfxid:GTS_PDFXVersion": "PDF/X-4"}


def test_a_list_gives_its_first_item() -> None:
    title = f'<d:title xmlns:d="{DC}"><r:Alt><r:li>First</r:li><r:li>Zweitens</r:li></r:Alt>'
    found = properties(packet(f"<r:Description>{title}</d:title></r:Description>"))
    assert found == {"dc:title": "First"}


def test_the_same_name_in_another_namespace_is_another_property() -> None:
    other = '<r:Description><o:GTS_PDFXVersion xmlns:o="urn:o">PDF/X-4</o:GTS_PDFXVersion>'
    assert properties(packet(other + "</r:Description>")) == {}


def test_padding_behind_the_packet_is_passed_over() -> None:
    assert properties(packet("<r:Description/>") + b" \n" * 20 + b"\0\0") == {}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no element"),
        (packet("<r:Description>"), "mismatched tag"),
        (b"<!DOCTYPE x>" + packet(""), "document type"),
        (b'<?xml version="1.0" encoding="none-such"?><x/>', "unknown encoding"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        properties(data)
