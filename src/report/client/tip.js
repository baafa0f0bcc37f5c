import { short } from "./format.js";

/** The read-out of a plot. */
export class Tip {
  constructor(plot, unit) {
    this.plot = plot;
    this.unit = unit;
    this.near = null; // the series that the pointer is at
    this.element = made("div", "tip");
    this.element.hidden = true;
  }

  /** Fills it with each curve's value nearest to the cursor. */
  read(u) {
    const { element: tip, plot } = this;
    const { left, idx } = u.cursor;
    const isHere = plot.matches(":hover, :focus");
    if (!isHere || idx === null || idx === undefined || !(left >= 0)) {
      tip.hidden = true;
      return;
    }
    const step = u.data[0][idx];
    const lines = u.series.flatMap((series, i) => {
      if (i === 0 || series.isFaint || series.colour === undefined) return [];
      const at = nearestIndex(u.data[0], u.data[i], step);
      if (at < 0) return [];
      const ends = series.edges?.map((edge) => u.data[edge][at]) ?? null;
      return [{ i, series, value: u.data[i][at], ends }];
    });
    lines.reverse();
    const near = this.near ?? null;
    const most = 8;
    const shown = lines.length <= most
      ? lines
      : near === null
      ? []
      : lines.filter(({ i }) => i === near);
    const parts = [made("div", "tip-step", `step ${step}`)];
    for (const { i, series: { colour, label }, value, ends } of shown) {
      const line = made("div", `tip-line run-${colour}`);
      if (i === near && lines.length > 1) line.classList.add("is-near");
      line.append(
        document.createElement("i"),
        made("b", "", label),
        made(
          "b",
          "",
          short(value) + (this.unit ? ` ${this.unit}` : "") +
            (ends ? ` (${ends.map(short).join(" to ")})` : ""),
        ),
      );
      parts.push(line);
    }
    if (lines.length > most && near === null) {
      parts.push(made("div", "tip-step", "point at a curve"));
    }
    tip.replaceChildren(...parts);
    tip.hidden = false;
    const plotLeft = u.over.offsetLeft + left;
    const room = plot.clientWidth - plotLeft;
    const isLeft = room < tip.offsetWidth + 14;
    tip.style.left = isLeft ? "auto" : `${plotLeft + 14}px`;
    tip.style.right = isLeft ? `${room + 14}px` : "auto";
  }
}

/** The index of the finite value whose step is nearest to `step`; -1 beyond the curve. */
function nearestIndex(steps, values, step) {
  let best = -1, first = -1, last = -1;
  values.forEach((value, i) => {
    if (value === null || value === undefined) return;
    if (first < 0) first = i;
    last = i;
    if (best < 0 || Math.abs(steps[i] - step) < Math.abs(steps[best] - step)) {
      best = i;
    }
  });
  if (best < 0 || step < steps[first] || step > steps[last]) return -1;
  return best;
}

function made(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
