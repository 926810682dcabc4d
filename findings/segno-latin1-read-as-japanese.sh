#!/bin/sh
# A QR code of "5 µg" is read as "5 ｵg"
#
# Versions:  segno 1.6.6, zxing-cpp 3.1.1
# Behaviour: segno writes a text that Latin-1 can hold as Latin-1 and does not mark that. A
#            decoder has to guess, and takes a lone µ, ½, ° or « among ASCII for half-width
#            katakana (Shift JIS). With letters such as é it guesses right, so tests with names
#            pass.
# Seen:      µ -> U+FF75, ½ -> U+FF7D, ° -> U+FF70, « -> U+FF6B; as UTF-8 all four are read right
# Where it matters:
#   a dose, a temperature, a fraction or a quotation in a code that is printed and cannot be
#   taken back. Write UTF-8 always.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check segno==1.6.6 zxing-cpp==3.1.1 pillow==13.0.0
venv/bin/python - <<'EOF'
import io

import segno
import zxingcpp
from PIL import Image


def read(text, **how):
    file = io.BytesIO()
    segno.make(text, micro=False, **how).save(file, kind="png", scale=6, border=4)
    return [code.text for code in zxingcpp.read_barcodes(Image.open(file).convert("L"))]


expected = {"5 µg": "5 ｵg", "½ dose": "ｽ dose", "20 °C": "20 ｰC", "« ici »": "ｫ ici ｻ"}
for text, misread in expected.items():
    plain, marked = read(text), read(text, encoding="utf-8")
    print(f"{text}: {plain} as segno chooses, {marked} as UTF-8")
    assert plain == [misread] and marked == [text]
assert read("Café") == ["Café"]
EOF
