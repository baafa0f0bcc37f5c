import type { VNode } from "preact";
import { base64 } from "../encode.ts";
import type { Page } from "../page.ts";
import { InlineData } from "../part/inline_data.tsx";
import { Segments } from "../part/segments.tsx";
import { Slider } from "../part/slider.tsx";
import { type PicturedVolume, picturedVolumes } from "./_pictured_volumes.ts";
import { defineSection } from "./_section.ts";

/** Worst and best sections, or some on the way: the prediction over the grey values. */
export const pictures = defineSection({
  name: "pictures",
  summary: "Worst and best sections with truth and prediction laid over them",
  options: {},
  create: () => ({
    id: "sections",
    title: "Sections",
    render(page) {
      const volumes = picturedVolumes(page);
      return volumes.length === 0 ? null : (
        <>
          <Viewer page={page} volumes={volumes} />
          <noscript>
            <p class="note">
              The pictures are shown by a script, which this viewer does not
              run.
            </p>
          </noscript>
        </>
      );
    },
  }),
});

/** What is laid over the grey values. */
const modes = [
  ["heat", "Probability"],
  ["errors", "Errors"],
  ["difference", "Difference"],
] as const;

function Viewer(
  { page, volumes }: { page: Page; volumes: readonly PicturedVolume[] },
): VNode {
  const used = new Set(
    volumes.flatMap(({ runs }) =>
      runs.flatMap(({ sections }) =>
        sections.flatMap(({ raw, truth, prediction }) => [
          raw,
          truth,
          prediction,
        ])
      )
    ),
  );
  const images = Object.fromEntries(
    [...page.data.pictures]
      .filter(([key]) => used.has(key))
      .toSorted(([a], [b]) => a < b ? -1 : 1)
      .map(([key, bytes]) => [key, base64(bytes)]),
  );
  const most = Math.max(
    ...volumes.flatMap(({ runs }) => runs.map((r) => r.sections.length)),
  );
  const isCompared = volumes.some(({ runs }) => runs.length > 1);
  return (
    <div
      class="viewer needs-script"
      id="viewer"
      data-skip="the sections"
      data-mode="heat"
    >
      <div class="controls">
        <div class="control-row">
          {volumes.length > 1 && (
            <label class="select">
              <span>Volume</span>
              <select id="viewer-volume" autocomplete="off">
                {volumes.map(({ label }, i) => (
                  <option value={i}>{label}</option>
                ))}
              </select>
            </label>
          )}
          <label class="select">
            <span>Order</span>
            <select id="viewer-order" autocomplete="off">
              <option value="depth">by z</option>
              <option value="worst">worst Dice first</option>
              <option value="best">best Dice first</option>
            </select>
          </label>
          <Slider
            id="viewer-section"
            label="Section"
            isWide
            range={{ min: "0", max: most - 1, step: "1", value: "0" }}
          />
        </div>
        <div class="control-row">
          <Segments
            name="viewer-mode"
            label="Prediction shown as"
            choices={modes.filter(([value]) =>
              isCompared || value !== "difference"
            )}
          />
          <label class="switch">
            <input
              type="checkbox"
              id="viewer-truth"
              checked
              autocomplete="off"
            />
            <span>Truth</span>
          </label>
          <label class="switch">
            <input
              type="checkbox"
              id="viewer-prediction"
              checked
              autocomplete="off"
            />
            <span>Prediction</span>
          </label>
          <Slider
            id="viewer-opacity"
            label="Opacity"
            range={{ min: "0", max: "1", step: "0.05", value: "0.75" }}
          >
            0.75
          </Slider>
          <span class="buttons" role="group" aria-label="Zoom">
            <button type="button" data-zoom="out" aria-label="Zoom out">
              −
            </button>
            <button type="button" data-zoom="in" aria-label="Zoom in">+</button>
            <button type="button" data-zoom="reset">Fit</button>
          </span>
        </div>
      </div>
      <p class="note" id="viewer-when" hidden>
        <span role="status" />: what the last validation saw. At the end, the
        best weights are shown instead.
      </p>
      <div class="panes">
        {isCompared
          ? (
            <>
              <Pane index={0} hasRun />
              <Pane index={1} hasRun />
            </>
          )
          : (
            <>
              <Pane index={0} hasRun={false} />
              <Pane index={1} hasRun />
            </>
          )}
      </div>
      <p class="legend-line">
        <span class="mark mark-truth">truth outline</span>
        <span class="mark mark-heat">
          <i aria-hidden="true" />probability 0 to 1
        </span>
        <span class="mark mark-hit">
          found <span class="alone">here alone</span>
        </span>
        <span class="mark mark-false">
          false <span class="alone">here alone</span>
        </span>
        <span class="mark mark-missed">missed</span>
        <span id="viewer-unpictured" hidden>
          no chosen run has pictures, so these stay
        </span>
        <output class="readout" id="viewer-readout" />
      </p>
      <div
        class="filmstrip"
        id="viewer-strip"
        role="listbox"
        aria-label="Sections"
      />
      <InlineData id="viewer-data" value={{ volumes, images }} />
    </div>
  );
}

function Pane({ index, hasRun }: { index: number; hasRun: boolean }): VNode {
  return (
    <figure class="pane" data-pane={index}>
      <figcaption>
        {hasRun
          ? (
            <label class="select">
              <span class="hidden">Run</span>
              <select
                id={`viewer-run-${index}`}
                data-role="run"
                autocomplete="off"
              />
            </label>
          )
          : <span class="panel-name">Grey values</span>}
        <output class="muted" data-role="facts" />
      </figcaption>
      <canvas tabindex={0} role="img" aria-label="Section" />
    </figure>
  );
}
