// Edits that are not saved yet. One in what another puts in becomes part of it: they are one thing.
//
// An edit is {do: put | remove | insert | move, path, …}; a put knows by `isNew` whether its name was
// there before. A path is where things stood when its edit was made.

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export const begins = (path, outer) => outer.length <= path.length && outer.every((step, at) => path[at] === step);

// Where it stands what an edit changes: a list, where it changes the order of its rows.
const isOfRows = (edit) => edit.do === "insert" || (edit.do === "remove" && typeof edit.path.at(-1) === "number");
const placeOf = (edit) => (isOfRows(edit) ? edit.path.slice(0, -1) : edit.path);

// The edits with one more; those before `first` stay as they are.
export function joined(edits, edit, first = 0) {
  const last = edits.length - 1;
  if (last >= first && isOwnRow(edits[last], edit)) return ofOwnRow(edits, edit);
  let place = placeOf(edit);
  for (let at = last; at >= first && place; at -= 1) {
    const earlier = edits[at];
    if (["put", "insert"].includes(earlier.do) && begins(place, earlier.path)) return into(edits, at, edit, place.slice(earlier.path.length));
    if (earlier.do === "remove" && edit.do === "put" && !isOfRows(earlier) && same(place, earlier.path)) return edits.toSpliced(at, 1, { ...edit, path: earlier.path, isNew: false });
    place = before(earlier, place);
  }
  return [...edits, edit];
}

// A row that was just added goes to another place, or out again.
function isOwnRow(earlier, edit) {
  if (earlier.do !== "insert") return false;
  if (edit.do === "move") return same([...edit.path, edit.from], earlier.path);
  return edit.do === "remove" && same(edit.path, earlier.path);
}

const ofOwnRow = (edits, edit) => (edit.do === "remove" ? edits.slice(0, -1) : [...edits.slice(0, -1), { ...edits.at(-1), path: [...edit.path, edit.to] }]);

function into(edits, at, edit, rest) {
  const earlier = edits[at];
  const value = (now) => edits.toSpliced(at, 1, { ...earlier, value: now });
  if (rest.length || isOfRows(edit) || edit.do === "move") {
    const own = { ...edit, path: isOfRows(edit) ? [...rest, edit.path.at(-1)] : rest };
    return value(changed({ all: earlier.value }, { ...own, path: ["all", ...own.path] }).all);
  }
  if (edit.do === "put") return value(edit.value);
  if (earlier.isNew === undefined) return [...edits, edit];
  return earlier.isNew ? edits.toSpliced(at, 1) : edits.toSpliced(at, 1, { do: "remove", path: earlier.path });
}

// Where a place was before an edit; null where the edit took it in, or put it there.
function before(edit, place) {
  const outer = edit.do === "move" ? edit.path : edit.path.slice(0, -1);
  if (begins(edit.path, place)) return null;
  if (edit.do === "put" || !begins(place, outer)) return place;
  const [row, step] = [place[outer.length], edit.path.at(-1)];
  if (typeof row !== "number") return begins(place, edit.path) ? null : place;
  return place.with(outer.length, { insert: row - (row > step), remove: row + (row >= step), move: from(edit, row) }[edit.do]);
}

function from(edit, row) {
  if (row === edit.to) return edit.from;
  const rest = row - (row > edit.to);
  return rest + (rest >= edit.from);
}

// Change values by an edit. Groups on its way that are not there are begun.
export function changed(values, edit) {
  const steps = edit.do === "move" ? edit.path : edit.path.slice(0, -1);
  const last = edit.path.at(-1);
  let holder = values;
  for (const step of steps) {
    if (edit.do === "put" && typeof step === "string" && (holder[step] === undefined || holder[step] === "")) holder[step] = {};
    holder = holder[step];
  }
  if (edit.do === "put") holder[last] = structuredClone(edit.value);
  else if (edit.do === "insert") holder.splice(last, 0, structuredClone(edit.value));
  else if (edit.do === "move") holder.splice(edit.to, 0, ...holder.splice(edit.from, 1));
  else if (Array.isArray(holder)) holder.splice(last, 1);
  else delete holder[last];
  return values;
}
