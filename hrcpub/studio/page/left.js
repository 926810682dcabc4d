// Work that was left before it could be saved, by where it belongs: kept for when that is opened again.

export const left = new Map();

// The window is not closed without a question while there is any.
addEventListener("beforeunload", (event) => { if (left.size) event.preventDefault(); });
