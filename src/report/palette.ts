import { heatStops, outcomeColours, truthColour } from "./client/overlay.js";

/**
 * The colours of runs, on light and on dark paper. Any two differ by at least
 * 0.1 in OKLab for readers with normal, protan, deutan and tritan vision, and
 * each has a contrast of at least 3 with its paper; `palette_test.ts` measures.
 */
export const palette = {
  light: {
    paper: "#ffffff",
    colours: [
      "#0067b1",
      "#dd5a12",
      "#1d9f98",
      "#4a1d5e",
      "#9a7cf5",
      "#8a2a1c",
    ],
  },
  dark: {
    paper: "#17191d",
    colours: [
      "#3f95ee",
      "#f0803a",
      "#49d3a1",
      "#b04a8a",
      "#c8b9ff",
      "#f4e26a",
    ],
  },
} as const;

/** Dash patterns in pixels; the first is a solid line. */
export const dashes: readonly (readonly number[])[] = [
  [],
  [7, 4],
  [2, 3],
  [9, 3, 2, 3],
];

/** The number of colours. */
export const colourCount: number = palette.light.colours.length;

/**
 * Classes `run-0` and on, which give text the colour of a run, and variables with
 * the colours that the page's script draws over sections, for legends.
 */
export function paletteCss(): string {
  const rgb = (colour: readonly number[]) => `rgb(${colour})`;
  const drawn = {
    truth: rgb(truthColour),
    hit: rgb(outcomeColours.hit),
    false: rgb(outcomeColours.false),
    missed: rgb(outcomeColours.missed),
    heat: heatStops.map(rgb).join(),
  };
  const variables = Object.entries(drawn).map(([name, value]) =>
    `--${name}:${value}`
  );
  const classes = palette.light.colours.map((light, i) =>
    `.run-${i}{color:light-dark(${light},${palette.dark.colours[i]})}`
  );
  return [`:root{${variables.join(";")}}`, ...classes].join("\n");
}
