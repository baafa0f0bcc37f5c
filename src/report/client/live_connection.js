import { addressOf, knownSoFar } from "./live_server.js";

/** So long the server may be silent before the page says that it stands still. */
const patienceMs = 5000;

/**
 * Follows what the server tells, by the names of its events. Says itself whether the
 * server is there; where it is not, it keeps trying, as the browser does by itself.
 */
export function follow(query, listeners) {
  const since = knownSoFar();
  const source = new EventSource(addressOf("events", { ...query, since }));
  const connection = document.getElementById("connection");
  let isOver = false, timer;
  const tell = (text, why = null) => {
    clearTimeout(timer);
    connection.classList.toggle("is-lost", text !== "live");
    connection.textContent = text;
    tellWhy(why);
  };
  source.addEventListener("open", () => {
    isOver = false;
    tell("live");
  });
  source.addEventListener("end", () => {
    isOver = true;
    tell("ended", "ended");
  });
  source.addEventListener("error", async () => {
    if (source.readyState === EventSource.CLOSED) {
      tell("ended", await isAnswered() ? "elsewhere" : "ended");
    } else if (!isOver && connection.textContent === "live") {
      tell("connecting…");
      timer = setTimeout(() => tell("no answer", "silent"), patienceMs);
    }
  });
  for (const [name, listener] of Object.entries(listeners)) {
    source.addEventListener(name, ({ data }) => listener(JSON.parse(data)));
  }
  addEventListener("pagehide", () => source.close());
}

/** Whether a server is there, though not the one that the page comes from. */
function isAnswered() {
  return fetch(addressOf("search")).then(() => true, () => false);
}

/** Shows why the page stands still; nothing if it does not. */
function tellWhy(why) {
  const notice = document.getElementById("ended");
  for (const part of notice.querySelectorAll("[data-why]")) {
    part.hidden = !part.dataset.why.split(" ").includes(why);
  }
  notice.hidden = why === null;
}
