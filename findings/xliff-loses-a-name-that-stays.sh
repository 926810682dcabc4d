#!/bin/sh
# The name that is not to be translated is missing from the translation
#
# Versions:  xliff 6.4.0 (npm, of locize), translate-toolkit 3.20.4
# Behaviour: <mrk> says something of words in a text, for example that they are not translated (XLIFF
#            2.0, 4.2.3.6). Of a file of version 2.0 xliff2js and targetOfjs give "" for such words,
#            in source and translation, and js2xliff writes the texts without them. Of version 1.2
#            xliff12ToJs keeps them. Nothing is said of it. translate-toolkit reads all.
# Seen:      "Pida un kit de <mrk …>Narcan</mrk> aquí." -> "Pida un kit de  aquí."
# Where it matters:
#   agencies' programs mark drugs, names and terms so: the sheet says "ask for a kit of here". Look
#   for the names in what was read, or read such files with something else.
#
# Needs npm and node. Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check translate-toolkit==3.20.4
npm install --silent --no-audit --no-fund --prefix "$folder" xliff@6.4.0 >/dev/null
cat >2.0.xlf <<'EOF'
<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="es">
 <file id="leaflet">
  <unit id="kit">
   <segment>
    <source>Ask for a kit of <mrk id="m1" translate="no">Narcan</mrk> here.</source>
    <target>Pida un kit de <mrk id="m1" translate="no">Narcan</mrk> aquí.</target>
   </segment>
  </unit>
 </file>
</xliff>
EOF
cat >1.2.xlf <<'EOF'
<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
 <file original="leaflet" source-language="en" target-language="es" datatype="plaintext">
  <body>
   <trans-unit id="kit">
    <source>Ask for a kit of <mrk mtype="protected">Narcan</mrk> here.</source>
    <target>Pida un kit de <mrk mtype="protected">Narcan</mrk> aquí.</target>
   </trans-unit>
  </body>
 </file>
</xliff>
EOF
cat >read.js <<'EOF'
const assert = require("assert"), fs = require("fs"), xliff = require("xliff");
const said = (parts) => parts.map((part) => part.Marker ? part.Marker.contents : part).join("");

(async () => {
  const newer = await xliff.xliff2js(fs.readFileSync("2.0.xlf", "utf8"));
  const older = await xliff.xliff12ToJs(fs.readFileSync("1.2.xlf", "utf8"));
  const read = said((await xliff.targetOfjs(newer)).kit);
  console.log(`2.0: "${read}"  1.2: "${said((await xliff.targetOfjs(older)).kit)}"`);
  assert.equal(read, "Pida un kit de  aquí.");
  assert.equal(said((await xliff.sourceOfjs(newer)).kit), "Ask for a kit of  here.");
  assert.equal(said((await xliff.targetOfjs(older)).kit), "Pida un kit de Narcan aquí.");
  assert(!(await xliff.js2xliff(newer)).includes("Narcan"));
})().catch((error) => { console.log(error.message); process.exit(1); });
EOF
node read.js
venv/bin/python - <<'EOF'
from translate.storage import xliff2

(unit,) = xliff2.Xliff2File.parsefile("2.0.xlf").units
print(f'translate-toolkit, 2.0: "{unit.target}"')
assert str(unit.target) == "Pida un kit de Narcan aquí."
EOF
