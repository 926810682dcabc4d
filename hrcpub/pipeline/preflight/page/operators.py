"""Every operator of content streams (ISO 32000-2 Annex A) to what it does to a `Frame`.

Why a module: operators run streams, and streams run operators. Whoever walks through pages hands
this table to the `Library`, so that neither has to import the other.
"""

from __future__ import annotations

from hrcpub.pipeline.preflight.page import graphics_ops, text_ops, xobjects
from hrcpub.pipeline.preflight.page.interpreter import Operators

OPERATORS: Operators = graphics_ops.OPERATORS | text_ops.OPERATORS | xobjects.OPERATORS
