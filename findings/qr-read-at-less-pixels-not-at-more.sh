#!/bin/sh
# A QR code that is read at 1.20 pixels a module is not read at 1.24
#
# Versions:  segno 1.6.6, zxing-cpp 3.1.1, Pillow 13.0.0 (bilinear)
# Behaviour: Whether a scaled code is read does not grow with its resolution: near the limit
#            there are sizes that are read below sizes that are not.
# Seen:      1.20 read, 1.24 not read, 1.27 and all above read (version 4-M, 41 modules with its
#            margin)
# Where it matters:
#   a test that a code is read at one resolution says nothing of the next larger one. Hold a
#   least number of pixels a module, well above the last hole.
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

code = segno.make("https://example.org/sites/lakeside-night-van?lang=en", error="m", micro=False,
                  encoding="utf-8")
modules = code.symbol_size(border=4)[0]
file = io.BytesIO()
code.save(file, kind="png", scale=20, border=4)
picture = Image.open(file).convert("L")


def is_read(pixels):
    small = picture.resize((pixels, pixels), Image.Resampling.BILINEAR)
    return bool(zxingcpp.read_barcodes(small))


results = {pixels: is_read(pixels) for pixels in range(49, 160)}
for pixels in (49, 50, 51, 52, 53):
    print(f"{pixels / modules:.2f} pixels a module: {'read' if results[pixels] else 'not read'}")
unread = [pixels for pixels, read in results.items() if not read]
assert unread and results[min(unread) - 1], "the holes are gone"
assert max(unread) / modules < 1.3
EOF
