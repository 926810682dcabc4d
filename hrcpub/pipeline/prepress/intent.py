"""An output condition to a document's output intents: one profile, for PDF/X and for PDF/A.

ISO 32000-2 §14.11.5, ISO 15930-7 §6.2.2, ISO 19005-2 §6.2.3: both intents name the same profile.
"""

from __future__ import annotations

import pydyf

from hrcpub.pipeline.prepress.objects import pages
from hrcpub.project.condition import REGISTRY, OutputCondition


def set_intents(pdf: pydyf.PDF, condition: OutputCondition, packed: bytes) -> None:
    """Embed the profile once, and declare that the inks are meant for it.

    `packed` is the profile, compressed with Flate.
    """
    extra = pydyf.Dictionary({"N": 4, "Filter": "/FlateDecode"})
    stream = pydyf.Stream([packed], extra, compress=False)
    pdf.add_object(stream)
    pdf.catalog["OutputIntents"] = pydyf.Array(
        [_intent(kind, condition, stream) for kind in ("/GTS_PDFX", "/GTS_PDFA1")]
    )
    for page in pages(pdf):
        # Without it, viewers may blend what is transparent in a colour space of their choice.
        page["Group"] = pydyf.Dictionary(
            {"Type": "/Group", "S": "/Transparency", "CS": "/DeviceCMYK"}
        )


def _intent(kind: str, condition: OutputCondition, profile: pydyf.Stream) -> pydyf.Dictionary:
    return pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": kind,
            "OutputConditionIdentifier": pydyf.String(condition.identifier),
            "OutputCondition": pydyf.String(condition.about),
            "RegistryName": pydyf.String(REGISTRY),
            "Info": pydyf.String(condition.about),
            "DestOutputProfile": profile.reference,
        }
    )
