import { short, shortStep } from "./format.js";

const units = [
  { name: "h", label: "hours", ms: 3_600_000 },
  { name: "min", label: "minutes", ms: 60_000 },
  { name: "s", label: "seconds", ms: 1000 },
];

/**
 * What curves are drawn against: `steps`, `samples` or `time`. The clock of a
 * run tells how to come there from its steps.
 */
export class Abscissa {
  constructor(kind, clocks) {
    this.kind = kind;
    const longest = Math.max(...clocks.map(({ time }) => time?.ms ?? 0));
    this.unit = units.find(({ ms }) => longest >= 3 * ms) ?? units.at(-1);
    this.places = clocks.map((clock) => placing(kind, clock, this.unit.ms));
    this.label = kind === "time" ? `${this.unit.label} of training` : kind;
  }

  /** Whether it is known of a run. */
  isKnown(run) {
    return this.places[run] !== null;
  }

  /** The points of a run's curve along it. */
  place(run, { steps, values }) {
    const place = this.places[run];
    return { steps: this.kind === "steps" ? steps : steps.map(place), values };
  }

  /** A tick. */
  tick(x) {
    if (this.kind === "time") return short(x);
    return Number.isInteger(x) ? shortStep(x) : "";
  }

  /** A place in words. */
  read(x) {
    if (this.kind === "time") return `${x.toPrecision(3)} ${this.unit.name}`;
    return `${this.kind === "steps" ? "step" : "sample"} ${x}`;
  }
}

/** From a step of a run to its place, or null where the clock does not tell. */
function placing(kind, { samples, time }, unitMs) {
  if (kind === "steps") return (step) => step;
  if (kind === "samples") return samples ? (step) => step * samples : null;
  if (!time) return null;
  const { last, ms, shares } = time;
  const total = shares.reduce((sum, share) => sum + share, 0);
  let sum = 0;
  const passed = [0, ...shares].map((share) => {
    sum += share;
    return sum / total * ms / unitMs;
  });
  return (step) => {
    const at = step / last * shares.length;
    const part = Math.min(shares.length - 1, Math.floor(at));
    return passed[part] + (passed[part + 1] - passed[part]) * (at - part);
  };
}
