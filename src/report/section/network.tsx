import type { VNode } from "preact";
import { Buffer } from "node:buffer";
import type { PageRun } from "../page.ts";
import { RunNames } from "../part/run_name.tsx";
import { defineSection } from "./_section.ts";

/** The drawing of each network, runs with the same one together. */
export const network = defineSection({
  name: "network",
  summary: "Drawings of the networks, where the runs recorded one",
  options: {},
  create: () => ({
    id: "network",
    title: "Network",
    render(page) {
      const drawings = new Map<string, PageRun[]>();
      for (const run of page.runs) {
        if (run.network === null) continue;
        drawings.set(run.network, [...drawings.get(run.network) ?? [], run]);
      }
      if (drawings.size === 0) return null;
      return (
        <>
          {[...drawings].map(([svg, runs]) => (
            <Drawing svg={svg} runs={runs} all={page.runs.length} />
          ))}
        </>
      );
    },
  }),
});

/** An image cannot run scripts nor load anything, whatever the SVG holds. */
function Drawing(
  { svg, runs, all }: { svg: string; runs: readonly PageRun[]; all: number },
): VNode {
  return (
    <figure class="network">
      {all > 1 && (
        <figcaption>
          <RunNames runs={runs} all={all} />
        </figcaption>
      )}
      <div class="scroll" tabindex={0} role="region" aria-label="Network">
        <img
          src={`data:image/svg+xml;base64,${
            Buffer.from(svg, "utf-8").toString("base64")
          }`}
          alt="The network’s blocks and the shapes between them"
        />
      </div>
    </figure>
  );
}
