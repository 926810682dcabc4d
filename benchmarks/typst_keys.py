"""Typst's process: a brief with another letter in it, again and again, to a picture.

Runs by itself in the virtual environment that typst is installed in (`python typst_keys.py FOLDER
WIDTH COUNT`), so nothing of hrcpub is imported. Prints the seconds of each.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main(folder: Path, width: int, count: int) -> None:
    import pypdfium2
    import typst

    text = (folder / "brief.typ").read_text(encoding="utf-8")
    at = text.index("\n\n", text.index("#title["))
    row = json.loads((folder / "sites.json").read_text(encoding="utf-8"))[0]
    code = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    inputs = row | {"code": code, "piece": "1"}
    source, kept = folder / "keys.typ", {"font_paths": [str(folder / "fonts")]}
    spent = []
    for number in range(count):
        started = time.perf_counter()
        source.write_text(f"{text[:at]}{'e' * (number % 2)}{text[at:]}", encoding="utf-8")
        pdf = typst.compile(
            str(source), root=str(folder), sys_inputs=inputs, ignore_system_fonts=True, **kept
        )
        page = pypdfium2.PdfDocument(pdf)[0]
        page.render(scale=width / page.get_width(), rev_byteorder=False, prefer_bgrx=True)
        spent.append(time.perf_counter() - started)
    print(json.dumps(spent))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
