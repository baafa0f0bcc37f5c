import { formatNumber, plural } from "../format.ts";
import type { PlacedCleft } from "../paired_places.ts";

/** The most clefts that are listed. */
const mostListed = 12;

/** How many clefts every run found, some runs, and none; the last by their places. */
export function missedHtml(
  runs: readonly (readonly PlacedCleft[])[],
): { readonly sentence: string; readonly places: string } {
  const all = runs[0]!;
  const foundBy = all.map((_, i) =>
    runs.filter((clefts) => clefts[i]!.foundVox > 0).length
  );
  const missed = all.filter((_, i) => foundBy[i] === 0)
    .toSorted((a, b) => b.sizeVox - a.sizeVox);
  const everywhere = foundBy.filter((n) => n === runs.length).length;
  const some = all.length - everywhere - missed.length;
  const isOne = runs.length === 1;
  const found = isOne
    ? `${everywhere} found, `
    : `${everywhere} found by every run, ${some} by some, `;
  const items = missed.slice(0, mostListed).map((
    { atVox: [z, y, x], sizeVox },
  ) =>
    `<li><code>z ${z}, y ${y}, x ${x}</code> ` +
    `<span class="muted">${formatNumber(sizeVox)} voxels</span></li>`
  );
  const rest = missed.length > mostListed
    ? `<p class="note">The ${mostListed} largest of ${missed.length}.</p>`
    : "";
  return {
    sentence: `Of ${plural(all.length, "cleft")}, ${found}<strong>` +
      `${missed.length} ${isOne ? "missed" : "missed by all"}</strong>.`,
    places: missed.length === 0
      ? ""
      : `<ul class="places">${items.join("")}</ul>${rest}`,
  };
}
