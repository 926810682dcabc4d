// Edits of a translation whose piece others changed: a passage is known by its source, for it may
// have another number now.

// The edits at their passages' places now, and those whose passage is gone.
export function following(edits, before, now) {
  const kept = [];
  const lost = [];
  for (const edit of edits) {
    const [slot, what] = edit.path;
    const place = placeNow(slot, before, now);
    if (!place) lost.push(edit);
    else if (place.isSame) kept.push({ ...edit, path: [place.slot, what] });
    // Nobody has looked over words whose source is another one since.
    else if (what === "words") kept.push({ ...edit, path: [place.slot, what] }, { do: "put", path: [place.slot, "fuzzy"], value: "yes", isNew: false });
  }
  return { kept, lost: lost.filter((edit) => edit.path[1] === "words") };
}

const sourceOf = (passages, name) => passages.find((one) => one.slot === name)?.source;

// The slots of a source that are of another one, or not there, in the others: the same words may stand twice.
const moved = (passages, others, source) => passages.filter((one) => one.source === source && sourceOf(others, one.slot) !== source).map((one) => one.slot);

export function placeNow(slot, before, now) {
  const source = sourceOf(before, slot);
  const isSame = sourceOf(now, slot) === source;
  const came = moved(now, before, source);
  const other = isSame ? slot : came[moved(before, now, source).indexOf(slot)];
  if (other) return { slot: other, isSame: true };
  const instead = sourceOf(now, slot);
  return instead === undefined || before.some((one) => one.source === instead) ? null : { slot, isSame: false };
}
