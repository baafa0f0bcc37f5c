import { metricLabel } from "@/metric/mod.ts";
import type { VNode } from "preact";
import { AgainstBest } from "../part/against_best.tsx";
import { InlineData } from "../part/inline_data.tsx";
import { MissedClefts } from "../part/missed_clefts.tsx";
import { comparedPlaces, type ComparedVolume } from "../compared_places.ts";
import { placesData } from "../places_data.ts";
import { defineSection } from "./_section.ts";

/** Which clefts and sections runs differ in. */
export const clefts = defineSection({
  name: "clefts",
  summary: "Clefts missed by all, and the best run against the others by place",
  options: {},
  create: () => ({
    id: "clefts",
    title: "Clefts and sections",
    render(page) {
      const volumes = comparedPlaces(page);
      return volumes.length === 0 ? null : <Volumes volumes={volumes} />;
    },
  }),
});

function Volumes(
  { volumes }: { volumes: readonly ComparedVolume[] },
): VNode {
  return (
    <>
      {volumes.map(({ split, volume, best, others }, i) => (
        <div class="volume" data-placed={i}>
          <h3>
            {metricLabel(split)}
            <code>{volume}</code>
          </h3>
          <MissedClefts runs={[best, ...others]} />
          {others.length > 0 &&
            <AgainstBest best={best} others={others} />}
        </div>
      ))}
      {volumes.some(({ others }) => others.length > 0) && (
        <>
          <InlineData id="places-data" value={volumes.map(placesData)} />
          <details>
            <summary>How to read these numbers</summary>
            <p class="note">
              Sections and clefts are paired: the same place in both runs. The
              interval of Dice counts neighbouring sections that are alike as
              fewer; p is McNemar’s exact test of the clefts that one run alone
              found, corrected for the number of runs (Holm). Both cover what
              another part of this volume would change, not another seed.
            </p>
          </details>
        </>
      )}
    </>
  );
}
