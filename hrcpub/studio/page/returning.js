// A studio that was ended, and started again: this window finds it by itself. Another program may
// have its port by then, so nothing is sent there before it has proven to know the project's secret.

import { say } from "./words.js";

const PATIENCE = 3000; // milliseconds for an answer

// Nobody answers, or nobody whom this window knows.
export class Away extends Error {
  constructor(cause) {
    super(say("The studio does not answer. Start it again, and this page goes on."), { cause });
  }
}

let secret = null; // a key that cannot be read again; an old browser has none
let headers = {}; // of which project this window is: a studio of another one may come to have its port
let isHere = true; // whether the studio answered last, and nobody else
let finding = null;

// Make sure that the studio is there; the first time, which is when it gave this page, learn the secret.
export async function reach() {
  const answer = await ask("/api/secret");
  if (secret || !answer.ok) return;
  const said = await answer.json();
  headers = { "x-hrcpub-of": said.of };
  const bytes = new TextEncoder().encode(said.secret);
  secret = await globalThis.crypto?.subtle?.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

// It does not answer: who does next has to prove that it is the studio.
export function lost() {
  isHere = false;
}

// The promise that the studio is there; broken where it is not.
export function found() {
  if (isHere || !secret) return Promise.resolve();
  finding ||= proven().finally(() => { finding = null; });
  return finding;
}

async function proven() {
  const theirs = hex(crypto.getRandomValues(new Uint8Array(16)));
  const { ours, proof } = await (await asked({ theirs })).json();
  if (proof !== await signed("studio", theirs, ours)) throw new Away("another program answers");
  await asked({ ours, proof: await signed("window", theirs, ours) }, "POST");
  isHere = true;
}

async function asked(fields, method = "GET") {
  const answer = await reached(`/api/return?${new URLSearchParams(fields)}`, { method, signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Away("another studio answers");
  return answer;
}

const hex = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");

async function signed(whose, theirs, ours) {
  const said = new TextEncoder().encode(`${whose} ${location.port} ${theirs} ${ours}`);
  return hex(new Uint8Array(await crypto.subtle.sign("HMAC", secret, said)));
}

const reached = (path, options) => fetch(path, { ...options, headers: { ...headers, ...options?.headers } }).catch((error) => {
  lost();
  throw new Away(error);
});

// Ask the studio; one that was started again does not know this window yet.
export async function ask(path, options) {
  await found();
  const response = await reached(path, options);
  if (response.status !== 403 || !secret) return response;
  lost();
  await found();
  return reached(path, options);
}
