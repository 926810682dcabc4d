#!/bin/sh
# polib's merge drops the translation of a sentence whose source was mended by a word
#
# Versions:  polib 1.2.0
# Behaviour: POFile.merge matches by source text and context together, and by equality alone. An
#            entry whose context (here: the place in a leaflet) is the same and whose source
#            changed by a word comes back untranslated; the old one becomes obsolete. msgmerge
#            would have made it fuzzy, with its old translation and source.
# Seen:      msgctxt "words.title": "Abierto de noche" -> ""; the entry is not marked fuzzy
# Where it matters:
#   a comma mended in the English sheet costs the Spanish sentence. Merge by place first.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check polib==1.2.0
venv/bin/python - <<'EOF'
import polib

translated = polib.POFile()
translated.append(
    polib.POEntry(msgctxt="words.title", msgid="Open at night", msgstr="Abierto de noche")
)
template = polib.POFile()
template.append(polib.POEntry(msgctxt="words.title", msgid="Open at night."))
translated.merge(template)
for entry in translated:
    print(repr(entry.msgctxt), repr(entry.msgid), repr(entry.msgstr),
          "obsolete" if entry.obsolete else "fuzzy" if entry.fuzzy else "")
(now,) = [entry for entry in translated if not entry.obsolete]
assert (now.msgid, now.msgstr, now.fuzzy) == ("Open at night.", "", False)
assert [entry.msgstr for entry in translated if entry.obsolete] == ["Abierto de noche"]
EOF
