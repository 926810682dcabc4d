"""Typst's process: a share of briefs, each with a site's imprint, finished and written.

Runs by itself in the virtual environment that typst is installed in (`python typst_peer.py FOLDER
WAY FIRST END PIECES`), so nothing of hrcpub is imported. Prints the seconds by the clock and by
the processor that the work took, imports left out.
"""

from __future__ import annotations

import functools
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path


def main(folder: Path, way: str, first: int, end: int, pieces: int) -> None:
    import segno  # noqa: F401  (its import is left out, as typst's is)
    import typst

    rows = json.loads((folder / "sites.json").read_text(encoding="utf-8"))[first:end]
    source, fonts = str(folder / "brief.typ"), [str(folder / "fonts")]
    kept = {"font_paths": fonts, "ignore_system_fonts": True}
    compile_one: Callable[[dict[str, str]], bytes]
    if way == "Compiler":
        compiler = typst.Compiler(source, root=str(folder), **kept)
        compile_one = lambda values: compiler.compile(sys_inputs=values)  # noqa: E731
    else:
        compile_one = lambda values: typst.compile(  # noqa: E731
            source, root=str(folder), sys_inputs=values, **kept
        )
    started = time.perf_counter(), time.process_time()
    for row in rows:
        for number in range(pieces):
            pdf = compile_one(row | {"code": drawn(row["url"]), "piece": str(number + 1)})
            (folder / f"typst-{row['id']}-{number + 1}.pdf").write_bytes(pdf)
    print(json.dumps([time.perf_counter() - started[0], time.process_time() - started[1]]))


@functools.lru_cache(maxsize=64)
def drawn(url: str) -> str:
    """Return a QR code as SVG: made once for all of a site's pieces, as hrcpub makes it."""
    import segno

    code = segno.make(url, error="m", boost_error=False, micro=False)
    return str(code.svg_inline(border=4))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:6]))
