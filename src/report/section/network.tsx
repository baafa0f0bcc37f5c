import { Buffer } from "node:buffer";
import type { VNode } from "preact";
import * as z from "zod";
import { formatNumber, plural } from "../format.ts";
import type { PageRun } from "../page.ts";
import { aboutRuns } from "../part/about_runs.ts";
import { RunSet } from "../part/run_set.tsx";
import { Scroll } from "../part/scroll.tsx";
import { SortHead } from "../part/sort_head.tsx";
import { planPart } from "../plan.ts";
import { defineSection } from "./_section.ts";

/** The drawing and the layers of each network, runs with the same one together. */
export const network = defineSection({
  name: "network",
  summary: "Drawings of the networks and their layers, as far as recorded",
  options: {},
  create: () => ({
    id: "network",
    title: "Network",
    render(page) {
      const networks = new Map<string, PageRun[]>();
      for (const run of page.runs) {
        const layers = layersOf(run);
        if (run.network === null && layers.length === 0) continue;
        const key = JSON.stringify([run.network, layers]);
        networks.set(key, [...networks.get(key) ?? [], run]);
      }
      if (networks.size === 0) return null;
      return (
        <>
          {[...networks.values()].map((runs, i) =>
            i === 0 && page.runs.length <= mostOpen
              ? (
                <div data-runs={aboutRuns(runs)}>
                  {page.runs.length > 1 && (
                    <p>
                      <RunSet page={page} runs={runs} />
                    </p>
                  )}
                  <Network runs={runs} place={i} />
                </div>
              )
              : (
                <details key={i} data-runs={aboutRuns(runs)}>
                  <summary>
                    <RunSet page={page} runs={runs} />
                  </summary>
                  <Network runs={runs} place={i} />
                </details>
              )
          )}
        </>
      );
    },
  }),
});

/** Of more runs than this, every network is folded. */
const mostOpen = 6;

/** What the plan says of a layer. */
const layerSchema = z.object({
  name: z.string(),
  shape: z.array(z.number()),
  parameters: z.number(),
  receptiveVox: z.array(z.number()),
});

const planSchema = z.object({ shapes: z.array(layerSchema) });

type Layer = z.output<typeof layerSchema>;

function layersOf({ run }: PageRun): readonly Layer[] {
  return planPart(run.plan, planSchema)?.shapes ?? [];
}

function Network(
  { runs, place }: { runs: readonly PageRun[]; place: number },
): VNode {
  const [first] = runs;
  const layers = layersOf(first!);
  return (
    <figure class="network">
      {first!.network !== null && (
        <Drawing
          svg={first!.network}
          place={place}
        />
      )}
      {layers.length > 0 && <Layers layers={layers} />}
    </figure>
  );
}

/**
 * A drawing as wide as the page, in full size on request. An image cannot run
 * scripts nor load anything, whatever the SVG holds.
 */
function Drawing({ svg, place }: { svg: string; place: number }): VNode {
  const data = Buffer.from(svg, "utf-8").toString("base64");
  return (
    <>
      <label class="switch">
        <input type="checkbox" name={`full-size-${place}`} autocomplete="off" />
        <span>Full size</span>
      </label>
      <Scroll label="Drawing of the network">
        <img
          src={`data:image/svg+xml;base64,${data}`}
          alt="The network’s blocks and the shapes between them"
        />
      </Scroll>
    </>
  );
}

function Extent({ of }: { of: readonly number[] }): VNode {
  const text = of.join(" × ");
  return <td class="number" data-value={text}>{text}</td>;
}

function Layers({ layers }: { layers: readonly Layer[] }): VNode {
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  return (
    <details>
      <summary>
        {plural(layers.length, "layer")}, {plural(parameters, "parameter")}
      </summary>
      <Scroll label="Layers">
        <table class="sortable">
          <thead>
            <tr>
              <SortHead sorting={{ by: "text" }}>Layer</SortHead>
              <SortHead sorting={{ by: "text" }} class="number">
                Shape <small>N, D, H, W, C</small>
              </SortHead>
              <SortHead sorting={{ by: "number", first: "descending" }}>
                Parameters
              </SortHead>
              <SortHead sorting={{ by: "text" }} class="number">
                Sees <small>voxels z, y, x</small>
              </SortHead>
            </tr>
          </thead>
          <tbody>
            {layers.map(({ name, shape, parameters, receptiveVox }) => (
              <tr>
                <th scope="row" data-value={name}>
                  <code>{name}</code>
                </th>
                <Extent of={shape} />
                <td class="number" data-value={parameters}>
                  {formatNumber(parameters)}
                </td>
                <Extent of={receptiveVox} />
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
