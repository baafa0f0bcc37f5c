import { controls, folds } from "./kept.js";

/**
 * What a reader has changed, in the address: `#curves?smoothing=0.8&log-scale=1`
 * opens the page at its curves, smoothed so, on a log scale. Controls that have an
 * id or a name are kept by it; `keepInAddress()` tells of what else there is.
 */
const kept = [];

/** Keeps one thing by its name: `read()` is how it stands, as text, `write(text)` makes it so. */
export function keepInAddress(name, { read, write }) {
  kept.push({ name, read, write });
}

/** So often at most the address is written; browsers refuse 100 times in 30 s. */
const calmMs = 400;

/** Opens the view that the address tells, and follows the reader; once all else has begun. */
export function startAddress() {
  const all = [...controls(), ...kept, folds()];
  const began = all.map(({ read }) => read());
  const tell = () => {
    const told = new URLSearchParams();
    for (const [i, { name, read }] of all.entries()) {
      const text = read();
      if (text !== began[i]) told.set(name, text);
    }
    const hash = hashOf(placeNow(), told);
    if (hash === location.hash) return;
    history.replaceState(null, "", hash || location.href.split("#")[0]);
  };
  const open = () => {
    const { place, told } = partsOf(location.hash);
    if (told.size === 0) return; // a link to a part keeps the rest as it is
    for (const [i, { name, read, write }] of all.entries()) {
      const text = told.get(name) ?? began[i];
      if (read() !== text) write(text);
    }
    document.getElementById(place)?.scrollIntoView({ behavior: "instant" });
  };
  open();
  addEventListener("hashchange", open);
  let timer;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(tell, calmMs);
  };
  for (
    const type of ["change", "input", "click", "keyup", "toggle", "scroll"]
  ) {
    document.addEventListener(type, changed, { capture: true, passive: true });
  }
}

/** The place that a hash names, and what it tells. */
function partsOf(hash) {
  const [place, ...told] = hash.slice(1).split("?");
  return { place, told: new URLSearchParams(told.join("?")) };
}

/** The hash of a place and what is told; empty if there is nothing. */
function hashOf(place, told) {
  return place || told.size > 0
    ? `#${place}${told.size > 0 ? `?${told}` : ""}`
    : "";
}

/** The part that is being read, as the side bar marks it. */
function placeNow() {
  const link = document.querySelector(".side li a[aria-current]");
  return link ? link.hash.slice(1) : "";
}
