#!/bin/sh
# Ghostscript lets a fifth through a soft mask of half grey, and half where the grey is RGB
#
# Versions:  Ghostscript 10.00.0 (Debian 12), pikepdf 10.18.0
# Behaviour: A luminosity mask lets as much through as its group is light (ISO 32000-2, 11.5.3).
#            0.5 in a group in DeviceRGB and 0.5 of K in one in DeviceCMYK let half through. 0.5 in
#            a group in DeviceGray is taken for a level with a gamma: it lets 0.21 through. Poppler
#            22.12 lets about half through of all three; so does Ghostscript with -dUseFastColor.
# Seen:      black of 54, 127 and 127 of 255
# Where it matters:
#   shadows and fades of programs that write their masks in grey are printed too pale, and their ink
#   is measured too low. Where levels are 0 or 1 nothing is seen.
#
# Needs `gs`. Exits with 1, and says what it saw, when this changes.

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

GROUPS = {
    "DeviceGray": b".5 g 0 0 40 40 re f",
    "DeviceRGB": b".5 .5 .5 rg 0 0 40 40 re f",
    "DeviceCMYK": b"0 0 0 .5 k 0 0 40 40 re f",
}

pdf = pikepdf.new()
for space, content in GROUPS.items():
    group = Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 40, 40]))
    group.Group = Dictionary(S=Name.Transparency, CS=Name(f"/{space}"))
    mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=pdf.make_indirect(group))
    page = pdf.add_blank_page(page_size=(40, 40)).obj
    page.Contents = pdf.make_stream(b"/M gs 0 0 0 1 k 0 0 40 40 re f")
    page.Resources = Dictionary(ExtGState=Dictionary(M=Dictionary(SMask=mask)))
pdf.save("masks.pdf")
command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72", "-sOutputFile=%d.tif"]
subprocess.run([*command, "masks.pdf"], check=True)
levels = {
    space: 255 - Image.open(f"{number}(Black).tif").getpixel((20, 20))
    for number, space in enumerate(GROUPS, 1)
}
for space, level in levels.items():
    print(f"half grey in {space}: black of {level} of 255")
assert levels["DeviceGray"] < 60
assert 120 < levels["DeviceRGB"] < 135
assert 120 < levels["DeviceCMYK"] < 135
EOF
