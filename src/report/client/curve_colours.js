import { colourOf } from "./theme.js";

/** The colours of curves, as the page has them now or of the scheme "light". */
export function curveColours(scheme) {
  const ofRun = (_, i) => colourOf({ className: `run-${i}`, scheme });
  const runs = Array.from({ length: 6 }, ofRun);
  return {
    runs,
    soft: runs.map((rgb) => rgb.replace(/^rgb\((.*)\)$/, "rgba($1, 0.16)")),
    ink: colourOf({ variable: "--ink", scheme }),
    text: colourOf({ variable: "--muted", scheme }),
    grid: colourOf({ variable: "--line", scheme }),
    surface: colourOf({ variable: "--surface", scheme }),
  };
}
