"""What people write of a picture: its file, what it shows, and who agreed to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem
from hrcpub.project import slot_problems
from hrcpub.project.slot import Slot
from hrcpub.project.words import Image, Words

NOT_NEEDED = "not needed"
CONSENT_FIELDS = {
    "by": Slot("line", "who agreed: names, or where the signed paper is kept", required=True),
    "on": Slot("date", "the day when they agreed", required=True),
    "until": Slot("date", "the last day on which it may be shown, if there is one"),
}

_ALT = "what the picture shows, for those who cannot see it"
_ALT_OR_NOT = f'{_ALT}; or "decorative: yes", if it says nothing'
IMAGE_FIELDS = {
    "file": Slot("line", "the picture's file, from the project's folder", required=True),
    "alt": Slot("line", _ALT),
    "decorative": Slot("yes-no", "yes: it says nothing, and screen readers skip it"),
    "caption": Slot("line", "words under the picture", limit=160),
    "credit": Slot("line", "who made the picture, in small letters under it", limit=60),
    "consent": Slot("consent", 'who agreed to be shown; "not needed" where nobody is seen'),
    "focus": Slot("place", "what must not be cut off: 60% 30%, from the left and from the top"),
    "colour": Slot("yes-no", "yes: in its colours on screens and presses, not in black"),
    "lines": Slot("yes-no", "yes: in lines of black, 25 to the inch, which a photocopier keeps"),
}


def image_of(
    values: Mapping[str, Any], node: Node, path: str, problems: list[Problem]
) -> Image | None:
    """Return the picture that checked values say; None when its file is not said, or its alt."""
    file, alt = values.get("file"), values.get("alt")
    is_decorative = values.get("decorative") or False
    where = f"{path}.alt" if path else "alt"
    if alt and is_decorative:
        problems.append(slot_problems.alt_of_decoration(alt))
    elif "alt" in (node.mapping or {}) and not alt:
        problems.append(slot_problems.empty(node.key("alt"), where, _ALT_OR_NOT))
    elif not alt and not is_decorative:
        problems.append(slot_problems.missing(node.source, where, _ALT_OR_NOT))
    if values.get("lines") and values.get("colour"):
        either = "colour: yes or lines: yes, not both"
        problems.append(slot_problems.wrong_shape(node, path, either))
    if not file or not (alt or is_decorative):
        return None
    return Image(
        file,
        alt or Words("", file.source, where),
        is_decorative,
        values.get("caption"),
        values.get("credit"),
        values.get("consent"),
        values.get("focus"),
        values.get("colour") or False,
        values.get("lines") or False,
    )
