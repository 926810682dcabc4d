"""A picture's file to what pages are made with (`Master`), and that to what an edition prints.

`master` turns, crops and reduces a file once, for all editions; `jpeg` chooses how much JPEG may
lose, `lines` makes a line screen.
"""

from hrcpub.pipeline.photographs.crop import PictureView, framed, view_of
from hrcpub.pipeline.photographs.jpeg import smallest_jpeg
from hrcpub.pipeline.photographs.lines import lined
from hrcpub.pipeline.photographs.master import Master, is_bitmap, make_master

__all__ = [
    "Master", "PictureView", "framed", "is_bitmap", "lined", "make_master", "smallest_jpeg",
    "view_of",
]  # fmt: skip
