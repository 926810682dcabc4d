// What the page asks of the server. Every answer that is no success is thrown as a Refused.

import { ask, found, lost } from "./returning.js";
import { say } from "./words.js";

export class Refused extends Error {
  constructor(status, body) {
    super(body.why || body.problems?.map((one) => one.message).join("; ") || `${status}`);
    this.status = status;
    this.body = body;
  }
}

async function answer(response) {
  const body = await response.json().catch((error) => {
    if (response.ok) throw error; // it was cut off: nobody knows what it said
    return { why: response.statusText };
  });
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

export const get = async (path) => answer(await ask(path));

export const post = async (path, body = {}) =>
  answer(await ask(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }));

const LARGEST = 40; // megabytes, as the studio takes them

export async function upload(file, use = "") {
  if (file.size > LARGEST * 2 ** 20) throw new Error(say("{name} has over {most} MB: save a smaller copy of it, as JPEG", { name: file.name, most: LARGEST }));
  return answer(await ask(`/api/pictures?${new URLSearchParams({ name: file.name, use })}`, { method: "POST", body: file }));
}

export const pieceAt = (name) => `/api/piece/${encodeURIComponent(name)}`;

const AGAIN = 500; // milliseconds after which a studio that was ended is looked for
const PLATES = 0xffffffff; // in the place of a show's number

// The connection over which pages come while they are typed; it is made again when it is lost.
export class Live {
  constructor(on) {
    this.on = on;
    this.wanted = null;
    this.isClosed = false;
    this.open();
  }

  open() {
    this.socket = new WebSocket(`ws://${location.host}/api/live`);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => {
      this.on.connected?.(true);
      if (this.wanted) this.socket.send(this.wanted);
    };
    this.socket.onmessage = ({ data }) => {
      if (typeof data === "string") {
        const message = JSON.parse(data);
        this.on[message.kind]?.(message);
      } else {
        if (new Uint32Array(data, 0, 1)[0] === PLATES) return this.on.plates?.(platesOf(data));
        const [show, page, width, height, top, base] = new Uint32Array(data, 0, 6);
        const isTaken = this.on.picture?.({ show, page, width, height, top, base, data: new Uint8ClampedArray(data, 24) });
        if (isTaken === false) this.again();
      }
    };
    this.socket.onclose = () => {
      if (this.isClosed) return;
      lost();
      this.on.connected?.(false);
      this.openLater();
    };
  }

  openLater() {
    const open = () => this.isClosed || this.open();
    setTimeout(() => this.isClosed || found().then(open, () => this.openLater()), AGAIN);
  }

  show(fields) {
    this.wanted = JSON.stringify({ do: "show", ...fields });
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(this.wanted);
  }

  // The same with whole pictures: rows of one are of no use to who has not the others.
  again() {
    if (this.wanted && this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ ...JSON.parse(this.wanted), whole: true }));
  }

  plates(show, page, fine) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ do: "plates", show, page, fine }));
  }

  close() {
    this.isClosed = true;
    this.socket.close();
  }
}

function platesOf(data) {
  const [, length] = new Uint32Array(data, 0, 2);
  return { ...JSON.parse(new TextDecoder().decode(new Uint8Array(data, 8, length))), packed: new Uint8Array(data, 8 + length) };
}
