#!/bin/sh
# The name of a spot colour that is no UTF-8 cannot be shown, not even by repr()
#
# Versions:  pikepdf 10.18.0
# Behaviour: Names in PDF are bytes (ISO 32000-2 7.3.5); programs of the years before PDF 2.0
#            write Latin-1. str() and repr() of such a name raise UnicodeDecodeError, so a log
#            line or an assertion about a colour space dies in place of the message. bytes()
#            gives it.
# Seen:      str and repr: UnicodeDecodeError; bytes: b'/Gr\xfcn'
# Where it matters:
#   a preflight that names the spot colour "Grün" of a file from an older layout program.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pikepdf==10.18.0
venv/bin/python - <<'EOF'
import io

import pikepdf
from pikepdf import Array, Dictionary, Name

pdf = pikepdf.new()
page = pdf.add_blank_page(page_size=(100, 100))
tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]),
                  C1=Array([1, 0, 1, 0]), N=1)
space = Array([Name.Separation, pikepdf.Object.parse(b"/Gr#fcn"), Name.DeviceCMYK, tint])
page.obj.Resources = Dictionary(ColorSpace=Dictionary(C=space))
page.obj.Contents = pdf.make_stream(b"/C cs 1 scn 10 10 80 80 re f")
file = io.BytesIO()
pdf.save(file)

again = pikepdf.open(file)
spot = again.pages[0].obj.Resources.ColorSpace.C[1]
for show in (str, repr):
    try:
        show(spot)
    except UnicodeDecodeError as error:
        print(f"{show.__name__}: {error}")
    else:
        raise AssertionError(f"{show.__name__} works now")
print("bytes:", bytes(spot))
assert bytes(spot) == b"/Gr\xfcn"
EOF
