import type { VNode } from "preact";
import { missedHtml } from "../cell/missed_html.ts";
import type { PlacedRun } from "../compared_places.ts";

/** How many clefts every run found, some runs, and none; the last by their places. */
export function MissedClefts({ runs }: { runs: readonly PlacedRun[] }): VNode {
  const { sentence, places } = missedHtml(runs.map(({ clefts }) => clefts));
  return (
    <div class="missed">
      <p dangerouslySetInnerHTML={{ __html: sentence }} />
      <details hidden={places === ""}>
        <summary>
          The clefts that were missed{runs.length > 1 && " by all"}
        </summary>
        <div dangerouslySetInnerHTML={{ __html: places }} />
      </details>
    </div>
  );
}
