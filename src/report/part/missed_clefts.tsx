import type { VNode } from "preact";
import { formatNumber, plural } from "../format.ts";
import type { PlacedRun } from "../compared_places.ts";

/** The most clefts that are listed. */
const mostListed = 12;

/** How many clefts every run found, some runs, and none; the last by their places. */
export function MissedClefts({ runs }: { runs: readonly PlacedRun[] }): VNode {
  const all = runs[0]!.clefts;
  const foundBy = all.map((_, i) =>
    runs.filter(({ clefts }) => clefts[i]!.foundVox > 0).length
  );
  const missed = all.filter((_, i) => foundBy[i] === 0)
    .toSorted((a, b) => b.sizeVox - a.sizeVox);
  const everywhere = foundBy.filter((n) => n === runs.length).length;
  const some = all.length - everywhere - missed.length;
  return (
    <>
      <p>
        Of {plural(all.length, "cleft")}, {runs.length === 1
          ? `${everywhere} found, `
          : `${everywhere} found by every run, ${some} by some, `}
        <strong>
          {missed.length} {runs.length === 1 ? "missed" : "missed by all"}
        </strong>
        .
      </p>
      {missed.length > 0 && (
        <details>
          <summary>
            The clefts that were missed{runs.length > 1 && " by all"}
          </summary>
          <ul class="places">
            {missed.slice(0, mostListed).map(({ atVox, sizeVox }) => (
              <li>
                <code>z {atVox[0]}, y {atVox[1]}, x {atVox[2]}</code>{" "}
                <span class="muted">{formatNumber(sizeVox)} voxels</span>
              </li>
            ))}
          </ul>
          {missed.length > mostListed && (
            <p class="note">The {mostListed} largest of {missed.length}.</p>
          )}
        </details>
      )}
    </>
  );
}
