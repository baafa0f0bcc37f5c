import { holm } from "../holm.ts";
import {
  cleftDifference,
  type PlacedCleft,
  type PlacedSection,
  type SectionDifference,
  sectionDifference,
} from "../paired_places.ts";
import { type Cell, countCell, pHtml } from "./cell.ts";
import { signed, signedInterval } from "./signed.ts";

/** What a run did in every place of a volume. */
export interface Places {
  /** Every section. */
  readonly sections: readonly PlacedSection[];
  /** Every cleft of the truth, the same of all runs. */
  readonly clefts: readonly PlacedCleft[];
}

/** The cells of each run against the best: sections and clefts, place by place. */
export function againstCells(
  best: Places,
  others: readonly Places[],
): Cell[][] {
  const rows = others.map((other) => ({
    sections: sectionDifference(other.sections, best.sections),
    clefts: cleftDifference(other.clefts, best.clefts)!,
  }));
  const corrected = holm(rows.map(({ clefts }) => clefts.p));
  return rows.map(({ sections, clefts }, i) => [
    diceCell(sections),
    countCell(sections?.better ?? 0),
    countCell(sections?.worse ?? 0),
    countCell(clefts.onlyFirst),
    countCell(clefts.onlySecond),
    pCell(corrected[i]!),
  ]);
}

function diceCell(sections: SectionDifference | null): Cell {
  if (sections === null) return { class: "number", html: "–" };
  const { mean, interval } = sections;
  const reach = interval
    ? `<span class="muted"> ${signedInterval(interval, "")}</span>`
    : "";
  return { class: "number", value: mean, html: signed(mean, "") + reach };
}

function pCell(p: number): Cell {
  return { class: "number", value: p, html: pHtml(p) };
}
