#!/bin/sh
# CUPS prints what a crop box hides; made to fit the page, it cuts off what stands around the trim
#
# Versions:  cups-filters 1.28.17 (Debian 12), pypdf 7.1.1, pypdfium2 5.15.2
# Behaviour: Each PDF goes through the filter pdftopdf. As it is, and two on a sheet, it draws the
#            whole MediaBox: what was cropped away in a viewer is on paper. With fit-to-page and with
#            print-scaling=fill it draws the TrimBox alone, or the CropBox where there is no TrimBox,
#            and makes that as large as the sheet. Nothing is said of either.
# Seen:      of a page of 500 pt whose middle is blue, cropped to the blue: blue alone in PDFium; red
#            around it in print; blue alone with fit-to-page. With a TrimBox in place of the CropBox:
#            red around it in PDFium, and none with fit-to-page
# Where it matters:
#   the old address that somebody cropped off a leaflet is on the copies. And a proof of a press
#   file, printed to fit the page, lacks bleed, fold marks and slug, and is larger than the piece.
#
# Needs CUPS's filters (cups-filters). Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo "cups-filters $(dpkg-query -W -f '${Version}' cups-filters-core-drivers 2>/dev/null || dpkg-query -W -f '${Version}' cups-filters)"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pypdf==7.1.1 pypdfium2==5.15.2 \
    pillow==13.0.0
venv/bin/python - <<'EOF'
import os
import subprocess

import pypdf
import pypdfium2
from pypdf.generic import DecodedStreamObject, RectangleObject

MIDDLE = RectangleObject([100, 100, 400, 400])
KINDS = {"PRINTER": "x", "CONTENT_TYPE": "application/pdf",
         "FINAL_CONTENT_TYPE": "application/vnd.cups-pdf"}


def written(name, box):
    """A red page of 500 pt with a blue middle, and a box around that."""
    writer = pypdf.PdfWriter()
    for _ in range(2):
        page = writer.add_blank_page(500, 500)
        drawing = DecodedStreamObject()
        drawing.set_data(b"1 0 0 rg 0 0 500 500 re f 0 0 1 rg 100 100 300 300 re f")
        page[pypdf.generic.NameObject("/Contents")] = writer._add_object(drawing)
        setattr(page, box, MIDDLE)
    writer.write(name)
    return name


def colours(data):
    """Whether there is red, and blue, on the first page."""
    page = pypdfium2.PdfDocument(data)[0].render(scale=0.5).to_pil().convert("RGB")
    found = {pixel for _, pixel in page.getcolors(10**6)}
    red, blue = (255, 0, 0) in found, (0, 0, 255) in found
    return "red and blue" if red and blue else "blue" if blue else "nothing"


def filtered(name, options):
    command = ["/usr/lib/cups/filter/pdftopdf", "1", "user", "title", "1", options, name]
    done = subprocess.run(command, check=True, capture_output=True, env=os.environ | KINDS)
    return done.stdout


seen = {}
for box in ("cropbox", "trimbox"):
    name = written(f"{box}.pdf", box)
    seen[f"{box}, PDFium"] = colours(name)
    for options in ("", "number-up=2", "fit-to-page", "print-scaling=fill"):
        seen[f"{box}, {options or 'printed'}"] = colours(filtered(name, options))
for what, shown in seen.items():
    print(f"{what}: {shown}")
printed = ["red and blue", "red and blue", "blue", "blue"]
assert list(seen.values()) == ["blue", *printed, "red and blue", *printed]
EOF
