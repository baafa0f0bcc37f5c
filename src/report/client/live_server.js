import { readData } from "./decode.js";

/** The server that the page comes from: where it is, and what lets the page change something. */
const server = readData("live-data");

/** An address of the server, with what is asked there. */
export function addressOf(path, query = {}) {
  const asked = new URLSearchParams(query).toString();
  return server.base + path + (asked && `?${asked}`);
}

/** What the page shows, as the server was asked for it. */
export function shownHere() {
  return server.shown;
}

/** Up to where the page knows everything. */
export function knownSoFar() {
  return server.version;
}

/** Asks the server something; what it answers, or `{ fault }` in three lines. */
export function readFrom(path, query) {
  return answerOf(fetch(addressOf(path, query)));
}

/** Has the server do something; what it answers, or `{ fault }` in three lines. */
export function tellServer(path, body) {
  return answerOf(fetch(addressOf(path), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-cleft-token": server.token,
    },
    body: JSON.stringify(body),
  }));
}

async function answerOf(asked) {
  try {
    const answer = await asked;
    return answer.status === 500
      ? { fault: "Cannot answer: the terminal of deno task ui says why" }
      : await answer.json();
  } catch {
    return { fault: "Cannot reach Cleft: deno task ui has ended" };
  }
}

/** Says what came of something, in a line that screens are read. */
export function say(text, { isFault = false } = {}) {
  const said = document.getElementById("said");
  said.hidden = text === "";
  said.textContent = text;
  said.classList.toggle("is-fault", isFault);
}
