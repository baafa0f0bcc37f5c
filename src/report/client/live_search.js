import { rowsById, rowsChanged } from "./live_rows.js";
import { addressOf, readFrom, shownHere } from "./live_server.js";

/** Shows the rows that meet the words or the condition in the field; all of them without any. */
export function startSearch() {
  const form = document.getElementById("search");
  const words = document.getElementById("search-words");
  const found = document.getElementById("search-found");
  const show = form.querySelector("[data-show]");
  let asked = 0, waiting, ids = null;
  const hide = () => {
    for (const [id, row] of rowsById()) {
      row.hidden = ids !== null && !ids.has(id);
    }
  };
  const search = async () => {
    const text = words.value.trim();
    const number = ++asked;
    const { hits, fault } = text === ""
      ? { hits: null }
      : await readFrom("search", { ...shownHere(), text });
    if (number !== asked) return; // the next one is on its way
    words.setAttribute("aria-invalid", String(fault !== undefined));
    found.classList.toggle("is-fault", fault !== undefined);
    if (fault !== undefined) {
      found.textContent = fault;
      return;
    }
    ids = hits && new Set(hits);
    found.textContent = ids ? `${ids.size} found` : "";
    hide();
    rowsChanged();
  };
  const soon = (waitMs) => {
    clearTimeout(waiting);
    waiting = setTimeout(search, waitMs);
  };
  words.addEventListener("input", () => soon(200));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    soon(0);
  });
  show.addEventListener("change", () => {
    location.href = addressOf("", { show: show.value });
  });
  return {
    /** Searches again, as runs are other than they were. */
    again() {
      if (words.value.trim() !== "") soon(1000);
      hide();
    },
  };
}
