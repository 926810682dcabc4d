#!/bin/sh
# Long dates in Haitian Creole and Navajo say "M11", and Hmong is not in the letters of leaflets
#
# Versions:  Babel 2.19.0 (with its CLDR)
# Behaviour: format_date(…, 'long') knows the locales ht and nv but has no names of months for
#            them, and prints the root's code. hmn, the tag that US health departments use for
#            Hmong, is unknown; mww (Hmong Daw) is written in Nyiakeng Puachue Hmong, not in the
#            Latin letters (RPA) in which leaflets are printed. Nothing is raised or warned.
# Seen:      ht and nv: 2026 M11 28; hmn: UnknownLocaleError; mww: letters from U+1E100
# Where it matters:
#   a date such as "valid until" on a sheet in a language that US law names. Compare what comes
#   back with the root's before it is printed.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check babel==2.19.0
venv/bin/python - <<'EOF'
import datetime

from babel import UnknownLocaleError
from babel.dates import format_date

day = datetime.date(2026, 11, 28)
for language in ("ht", "nv"):
    printed = format_date(day, "long", locale=language)
    print(language, printed)
    assert printed == "2026 M11 28"
try:
    format_date(day, "long", locale="hmn")
except UnknownLocaleError as error:
    print("hmn", error)
else:
    raise AssertionError("hmn is known now")
printed = format_date(day, "long", locale="mww")
print("mww", printed, [f"U+{ord(letter):X}" for letter in printed if letter.isalpha()][:3])
assert any(0x1E100 <= ord(letter) <= 0x1E14F for letter in printed)
EOF
