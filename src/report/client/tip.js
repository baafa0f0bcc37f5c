import { short } from "./format.js";

/** The most lines that are all told; of more, the one that is pointed at. */
const mostTold = 8;

/** How far it stays away from the pointer and from the window's edge, in pixels. */
const pointerGap = 14, edgeGap = 6;

/** The read-out of a plot; it lies above the page, so that nothing cuts it. */
export class Tip {
  constructor(plot, { unit, view }) {
    this.plot = plot;
    this.unit = unit;
    this.view = view;
    this.near = null; // the series that the pointer is at
    this.element = made("div", "tip");
    this.element.popover = "manual";
    addEventListener("scroll", () => this.hide(), {
      capture: true,
      passive: true,
    });
  }

  hide() {
    if (this.element.isConnected) this.element.hidePopover();
  }

  /** Fills it with each curve's value nearest to the cursor. */
  read(u) {
    const { element: tip, plot } = this;
    const { left, idx } = u.cursor;
    const isHere = plot.matches(":hover, :focus");
    if (!isHere || idx === null || idx === undefined || !(left >= 0)) {
      this.hide();
      return;
    }
    tip.replaceChildren(...this.parts(u, u.data[0][idx]));
    tip.showPopover();
    this.moveTo(plot.getBoundingClientRect(), u.over.offsetLeft + left);
  }

  /** Beside the pointer, on the side where there is room, within the window. */
  moveTo({ left, top }, pointer) {
    const { element: tip } = this;
    const { offsetWidth: width, offsetHeight: height } = tip;
    const room = document.documentElement;
    const right = left + pointer + pointerGap;
    const isRight = right + width + edgeGap <= room.clientWidth;
    const x = isRight ? right : left + pointer - pointerGap - width;
    const within = (at, size, most) =>
      Math.max(edgeGap, Math.min(at, most - size - edgeGap));
    tip.style.left = `${within(x, width, room.clientWidth)}px`;
    tip.style.top = `${within(top + edgeGap, height, room.clientHeight)}px`;
  }

  parts(u, place) {
    const { near } = this;
    const told = toldAt(u, place);
    const shown = told.length <= mostTold
      ? told
      : told.filter(({ i }) => i === near);
    const head = made("div", "tip-step", this.view.abscissa.read(place));
    const lines = shown.map((line) => {
      const part = this.line(line);
      part.classList.toggle("is-near", line.i === near && told.length > 1);
      return part;
    });
    return shown.length > 0 || told.length === 0
      ? [head, ...lines]
      : [head, made("div", "tip-step", "point at a curve")];
  }

  line({ series: { colour, label }, value, ends }) {
    const line = made("div", `tip-line run-${colour}`);
    const unit = this.unit ? ` ${this.unit}` : "";
    const range = ends ? ` (${ends.map(short).join(" to ")})` : "";
    line.append(
      document.createElement("i"),
      made("b", "", label),
      made("b", "", short(value) + unit + range),
    );
    return line;
  }
}

/** What the lines of a plot say at a place, the first one first. */
function toldAt(u, place) {
  return u.series.flatMap((series, i) => {
    if (i === 0 || series.isFaint || series.colour === undefined) return [];
    const at = nearestIndex(u.data[0], u.data[i], place);
    if (at < 0) return [];
    const ends = series.edges?.map((edge) => u.data[edge][at]) ?? null;
    return [{ i, series, value: u.data[i][at], ends }];
  }).reverse();
}

/** The index of the finite value whose place is nearest; -1 beyond the curve. */
function nearestIndex(places, values, place) {
  let best = -1, first = -1, last = -1;
  values.forEach((value, i) => {
    if (value === null || value === undefined) return;
    if (first < 0) first = i;
    last = i;
    const isNearer = best < 0 ||
      Math.abs(places[i] - place) < Math.abs(places[best] - place);
    if (isNearer) best = i;
  });
  return place < places[first] || place > places[last] ? -1 : best;
}

function made(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
