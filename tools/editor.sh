#!/bin/sh
# Makes the studio's code editor: CodeMirror's packages, at the versions and with the checksums of
# tools/editor/package-lock.json, as one plain module with their licences beside it.
#
#   tools/editor.sh                  writes hrcpub/studio/page/vendor/
#   tools/editor.sh FOLDER           writes into another folder, to compare
#
# Needs node and npm. To have other versions, change tools/editor/package.json and run
# `npm install --package-lock-only` in tools/editor before it.

set -eu
cd "$(dirname "$0")/.."
out=${1:-hrcpub/studio/page/vendor}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

cp tools/editor/package.json tools/editor/package-lock.json tools/editor/codemirror.js "$work"
# No package runs anything on this computer; esbuild's program is a package of its own.
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)

mkdir -p "$out"
# ASCII alone: what cannot be seen is written as escapes.
(cd "$work" && node_modules/.bin/esbuild codemirror.js --bundle --format=esm --minify --charset=ascii \
    --legal-comments=none --target=es2022 \
    --banner:js="/* CodeMirror, made by tools/editor.sh. Licences: codemirror-licences.txt */" \
    --outfile=built.js --metafile=used.json --log-level=warning)
cp "$work/built.js" "$out/codemirror.js"

# The licence of each package that a line of the module is from.
node - "$work" > "$out/codemirror-licences.txt" <<'SCRIPT'
const fs = require("fs"), work = process.argv[2];
const inputs = Object.keys(JSON.parse(fs.readFileSync(`${work}/used.json`)).inputs);
const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const packages = [...new Set(inputs.map((path) => path.match(name)?.[1]).filter(Boolean))].sort();
const texts = packages.map((one) => {
  const folder = `${work}/node_modules/${one}`;
  const { version, license } = JSON.parse(fs.readFileSync(`${folder}/package.json`));
  if (license !== "MIT") throw new Error(`${one} is under ${license}`);
  return `${one} ${version}\n\n${fs.readFileSync(`${folder}/LICENSE`, "utf8").trim()}\n`;
});
process.stdout.write(texts.join(`\n${"-".repeat(72)}\n\n`));
SCRIPT
echo "$out/codemirror.js: $(wc -c < "$out/codemirror.js") bytes"
