#!/bin/sh
# Ghostscript prints a form of a layer that is off, though it hides a picture of the same layer
#
# Versions:  Ghostscript 10.00.0 (Debian 12), pikepdf 10.18.0
# Behaviour: /OC on a form names the layer it belongs to (ISO 32000-2, 8.11.3.3). The layer is off:
#            the picture and the marked content that name it are hidden, the form is printed. A
#            membership of layers with an expression (/VE) is "not supported (ignoring)": what it
#            hides is printed too. Poppler 22.12 hides all four.
# Seen:      magenta where nothing should be
# Where it matters:
#   a draft or another language that is hidden in the viewer comes out of the press; the ink that
#   Ghostscript measures on such a page is another than that which is seen.
#
# Needs `gs` and `pdftoppm`. Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
gs --version
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pikepdf==10.18.0 pillow==13.0.0
venv/bin/python - <<'EOF'
import subprocess

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

PAINT = b"0 1 0 0 k 0 0 40 40 re f"
KINDS = {
    "a form": b"/Form Do",
    "a picture": b"q 40 0 0 40 0 0 cm /Picture Do Q",
    "marked content": b"/OC /Layer BDC " + PAINT + b" EMC",
    "an expression": b"/OC /Expression BDC " + PAINT + b" EMC",
}

pdf = pikepdf.new()
layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
off = Dictionary(OFF=Array([layer]), Order=Array([layer]))
pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=off)
expression = Dictionary(Type=Name.OCMD, VE=Array([Name.And, layer]))
form = Stream(pdf, PAINT, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 40, 40]), OC=layer)
picture = Stream(pdf, b"\0\xff\0\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
picture.ColorSpace, picture.BitsPerComponent, picture.OC = Name.DeviceCMYK, 8, layer
for content in KINDS.values():
    page = pdf.add_blank_page(page_size=(40, 40)).obj
    page.Contents = pdf.make_stream(content)
    page.Resources = Dictionary(
        XObject=Dictionary(Form=form, Picture=picture),
        Properties=Dictionary(Layer=layer, Expression=pdf.make_indirect(expression)),
    )
pdf.save("layers.pdf")
quiet = {"check": True, "stderr": subprocess.DEVNULL}
by_gs = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=png16m", "-r72", "-sOutputFile=gs-%d.png"]
subprocess.run([*by_gs, "layers.pdf"], **quiet)
subprocess.run(["pdftoppm", "-r", "72", "-png", "layers.pdf", "poppler"], **quiet)
shown = {}
for number, kind in enumerate(KINDS, 1):
    dots = [
        Image.open(f"{name}-{number}.png").convert("RGB").getpixel((20, 20))
        for name in ("gs", "poppler")
    ]
    shown[kind] = ["hidden" if dot == (255, 255, 255) else "printed" for dot in dots]
    print(f"{kind}: Ghostscript {shown[kind][0]}, Poppler {shown[kind][1]}")
assert [by_gs for by_gs, _ in shown.values()] == ["printed", "hidden", "hidden", "printed"]
assert {by_poppler for _, by_poppler in shown.values()} == {"hidden"}
EOF
