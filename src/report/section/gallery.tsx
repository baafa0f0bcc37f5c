import { metricLabel } from "@/metric/mod.ts";
import type { VNode } from "preact";
import { count } from "@/core/mod.ts";
import type { GalleryObject } from "@/record/mod.ts";
import type { Gallery } from "../data.ts";
import { base64 } from "../encode.ts";
import { formatNumber } from "../format.ts";
import type { Page, PageRun } from "../page.ts";
import { RunName } from "../part/run_name.tsx";
import { Scroll } from "../part/scroll.tsx";
import { SortHead } from "../part/sort_head.tsx";
import { splitOrder } from "../volume_scores.ts";
import { defineSection } from "./_section.ts";

/** Objects that were found, falsely called so, or missed, each with a picture. */
export const gallery = defineSection({
  name: "gallery",
  summary: "Found, false and missed objects: image, truth and prediction",
  options: {
    most: count(200, "most objects shown, those of the best run first"),
  },
  create: ({ most }) => ({
    id: "objects",
    title: "Objects",
    render(page) {
      const shown = objectsOf(page).slice(0, most);
      if (shown.length === 0) return null;
      const objects = <Objects page={page} shown={shown} />;
      return page.runs.length <= mostOpen ? objects : (
        <details>
          <summary>{shown.length} objects, those of the best run first</summary>
          {objects}
        </details>
      );
    },
  }),
});

/** Of more runs than this, the objects are folded. */
const mostOpen = 6;

/** An object with a picture, and where it comes from. */
interface Shown {
  readonly run: PageRun;
  readonly split: string;
  readonly volume: string;
  readonly object: GalleryObject;
  /** Width of its picture in nanometres. */
  readonly widthNm: number;
  readonly picture: Uint8Array;
}

/** The objects that have pictures, those of the best run first. */
function objectsOf(page: Page): readonly Shown[] {
  const ranked = page.volumes.flatMap(({ scores }) =>
    scores.map(({ run }) => run)
  );
  return [...new Set([...ranked, ...page.runs])].flatMap((run) =>
    galleriesOf(run).flatMap(({ record, pictures }) =>
      record.objects.flatMap((object, n) => {
        const key = pictures[n] ?? null;
        const picture = key === null ? undefined : page.data.pictures.get(key);
        return picture === undefined ? [] : [{
          ...{ run, split: record.split, volume: record.volume, object },
          widthNm: object.shapeVox[1] * record.voxelNm[2],
          picture,
        }];
      })
    )
  );
}

/** The galleries of a run, validation first. */
function galleriesOf({ galleries = [] }: PageRun): readonly Gallery[] {
  return galleries.toSorted((a, b) =>
    splitOrder.indexOf(a.record.split) - splitOrder.indexOf(b.record.split)
  );
}

function Objects(
  { page, shown }: { page: Page; shown: readonly Shown[] },
): VNode {
  const runs = new Set(shown.map(({ run }) => run));
  const volumes = new Set(shown.map((one) => `${one.split} ${one.volume}`));
  const hasRuns = runs.size > 1, hasVolumes = volumes.size > 1;
  return (
    <>
      <Counts page={page} runs={runs} />
      <div class="control-row needs-script">
        <label class="select">
          <span>Show only</span>
          <input
            type="search"
            id="gallery-filter"
            data-filter="gallery"
            placeholder="found, false, missed"
            autocomplete="off"
          />
        </label>
      </div>
      <Scroll label="Objects with pictures" isLong>
        <table class="sortable gallery" id="gallery">
          <thead>
            <tr>
              <SortHead sorting={{ by: "text" }}>Object</SortHead>
              <th scope="col">Image · truth · probability</th>
              <SortHead sorting={{ by: "number", first: "descending" }}>
                Size
              </SortHead>
              <SortHead sorting={{ by: "number", first: "descending" }}>
                Probability
              </SortHead>
              <SortHead sorting={{ by: "number", first: "descending" }}>
                Sections
              </SortHead>
              <SortHead sorting={{ by: "number" }}>z, y, x</SortHead>
              {hasVolumes && (
                <SortHead sorting={{ by: "text" }}>Volume</SortHead>
              )}
              {hasRuns && <SortHead sorting={{ by: "text" }}>Run</SortHead>}
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <Row one={one} hasVolume={hasVolumes} hasRun={hasRuns} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="note">
        Each object in the section halfway through it. Size: voxels of the
        truth, or of what is called cleft where it is false. Probability: the
        mean over these. Found ones are those with the lowest, of the others the
        largest are kept.
      </p>
    </>
  );
}

/** How many objects there are of each kind, a line for each run and volume. */
function Counts(
  { page, runs }: { page: Page; runs: ReadonlySet<PageRun> },
): VNode {
  return (
    <ul class="gallery-counts">
      {page.runs.filter((run) => runs.has(run)).flatMap((run) =>
        galleriesOf(run).map(({ record: { split, volume, counts } }) => (
          <li data-run={run.index}>
            {runs.size > 1 && <RunName run={run} />}
            <span>{`${metricLabel(split)} · ${volume}`}</span>
            <span class="mark mark-hit">
              {formatNumber(counts.found)} found
            </span>
            <span class="mark mark-false">
              {formatNumber(counts.false)} false
            </span>
            <span class="mark mark-missed">
              {formatNumber(counts.missed)} missed
            </span>
          </li>
        ))
      )}
    </ul>
  );
}

const marks = { found: "hit", false: "false", missed: "missed" } as const;

function Row(
  { one: { run, split, volume, object, widthNm, picture }, hasVolume, hasRun }:
    {
      one: Shown;
      hasVolume: boolean;
      hasRun: boolean;
    },
): VNode {
  const { kind, z, sections, sizeVox, probability } = object;
  const [y, x] = object.centreVox;
  const where = `${metricLabel(split)} · ${volume}`;
  return (
    <tr data-run={run.index}>
      <th scope="row" data-value={kind}>
        <span class={`mark mark-${marks[kind]}`}>{kind}</span>
      </th>
      <td>
        <img
          src={`data:image/png;base64,${base64(picture)}`}
          alt={`${kind} object in section ${z}: image, truth and probability`}
          title={`${formatNumber(Math.round(widthNm))} nm wide`}
          loading="lazy"
        />
      </td>
      <td class="number" data-value={sizeVox}>{formatNumber(sizeVox)}</td>
      <td class="number" data-value={probability ?? undefined}>
        {probability === null ? "–" : probability.toFixed(3)}
      </td>
      <td class="number" data-value={sections}>{sections}</td>
      <td class="number" data-value={z}>{`${z}, ${y}, ${x}`}</td>
      {hasVolume && <td data-value={where}>{where}</td>}
      {hasRun && (
        <td data-value={run.label}>
          <RunName run={run} />
        </td>
      )}
    </tr>
  );
}
