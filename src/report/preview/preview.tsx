import type { VNode } from "preact";
import { base64 } from "../encode.ts";
import { documentOf, Frame } from "../part/frame.tsx";
import { InlineData } from "../part/inline_data.tsx";
import { Segments } from "../part/segments.tsx";
import { Slider } from "../part/slider.tsx";
import type { PreviewData, PreviewDraw, PreviewStage } from "./data.ts";
import { describeParameters } from "./describe.ts";
import { pictureShape } from "./pictures.ts";

/**
 * One HTML file with what an experiment's augmentations do to training patches:
 * each by itself and all together, before and after, section by section. Equal
 * data give equal bytes.
 */
export function previewPage(data: PreviewData): string {
  const pictures = new PictureIndex(data);
  const shape = pictureShape(data.patchVox);
  const section = Math.min(
    shape.sections - 1,
    Math.max(0, data.section - shape.firstSection),
  );
  const stages = data.stages.map((stage) => (
    <Stage
      stage={stage}
      pictures={pictures}
      aspect={shape.width / shape.height}
    />
  ));
  return documentOf(
    <Frame
      page="preview"
      title={data.title}
      parts={data.stages.map(({ id, title }) => ({ id, title }))}
    >
      <p class="lead">
        {data.summary && `${data.summary}. `}What augmentation makes of training
        patches of {data.patchVox.join(" × ")} voxels of{" "}
        {data.voxelNm.join(" × ")} nm (z, y, x), drawn with seed {data.seed}.
      </p>
      <Controls shape={shape} section={section} />
      {stages}
      <InlineData
        id="preview-data"
        value={{ ...shape, pictures: pictures.encoded }}
      />
      <footer class="page-foot">
        Made by Cleft from the experiment and its seed; the same experiment
        gives the same page.
      </footer>
    </Frame>,
  );
}

/** The pictures of a page by number, each kept once. */
class PictureIndex {
  /** All of them in base64. */
  readonly encoded: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;

  constructor({ stages }: PreviewData) {
    const all = stages.flatMap(({ draws }) =>
      draws.flatMap(({ before, after }) => [
        before.image,
        before.labels,
        after.image,
        after.labels,
      ])
    );
    this.encoded = [...new Set(all.map(base64))];
    this.#numbers = new Map(this.encoded.map((key, i) => [key, i]));
  }

  /** The number of a picture. */
  of(png: Uint8Array): number {
    return this.#numbers.get(base64(png))!;
  }
}

function Controls(
  { shape, section }: {
    shape: ReturnType<typeof pictureShape>;
    /** The one shown that is seen first. */
    section: number;
  },
): VNode {
  return (
    <div class="preview-bar needs-script">
      <Slider
        id="preview-section"
        label="Section"
        isWide
        range={{ min: 0, max: shape.sections - 1, step: 1, value: section }}
      >
        {`z ${shape.firstSection + section}`}
      </Slider>
      <Segments
        name="preview-mode"
        label="What is shown of each draw"
        choices={["after", "before", "difference"].map((mode) => [mode, mode])}
      />
      <label class="check">
        <input id="preview-labels" type="checkbox" checked autocomplete="off" />
        <span>Labels</span>
      </label>
      <span class="legend-line">
        <span class="mark mark-truth">cleft</span>
        <span class="mark mark-unlabelled">unlabelled</span>
      </span>
      <p class="muted preview-hint">
        ← → change the section; press a picture to see it before.
      </p>
    </div>
  );
}

function Stage(
  { stage, pictures, aspect }: {
    stage: PreviewStage;
    pictures: PictureIndex;
    aspect: number;
  },
): VNode {
  const { id, title, summary, p, options, changes, draws } = stage;
  const share = (value: number) => `${Math.round(100 * value)} %`;
  const isChain = p === null;
  return (
    <section id={id} aria-labelledby={`${id}-title`} class="stage">
      <h2 id={`${id}-title`}>{title}</h2>
      <p class="stage-summary">{summary}</p>
      <div class="stage-facts">
        <dl class="facts">
          {!isChain && (
            <div>
              <dt>applied to</dt>
              <dd>
                {share(p)}
                <small>of samples</small>
              </dd>
            </div>
          )}
          <div>
            <dt>{isChain ? "changes" : "then changes"}</dt>
            <dd>
              {share(changes.samples)}
              <small>of samples</small>
            </dd>
          </div>
          <div>
            <dt>grey values in</dt>
            <dd>
              {share(changes.greySections)}
              <small>of sections</small>
            </dd>
          </div>
          <div>
            <dt>labels in</dt>
            <dd>
              {share(changes.labelSections)}
              <small>of sections</small>
            </dd>
          </div>
        </dl>
        <Histogram {...stage.greys} />
      </div>
      {options.length > 0 && (
        <ul class="chips" aria-label="Options">
          {options.map(({ name, value, isDefault }) => (
            <li class={isDefault ? "is-default" : ""}>
              {name} <b>{valueText(value)}</b>
            </li>
          ))}
        </ul>
      )}
      <div class="draws">
        {!isChain && draws[0] && (
          <figure class="draw">
            <Picture
              label={`${title}: the patch before`}
              before={pictures.of(draws[0].before.image)}
              labelsBefore={pictures.of(draws[0].before.labels)}
              aspect={aspect}
            />
            <figcaption>
              <strong>the patch</strong>
            </figcaption>
          </figure>
        )}
        {draws.map((draw, i) => (
          <Draw
            draw={draw}
            name={isChain
              ? `sample ${draw.address.split("/").at(-1)}`
              : `draw ${i + 1}`}
            title={title}
            pictures={pictures}
            aspect={aspect}
            isPair={isChain}
          />
        ))}
      </div>
    </section>
  );
}

function Draw(
  { draw, name, title, pictures, aspect, isPair }: {
    draw: PreviewDraw;
    name: string;
    title: string;
    pictures: PictureIndex;
    aspect: number;
    isPair: boolean;
  },
): VNode {
  const before = pictures.of(draw.before.image);
  const labelsBefore = pictures.of(draw.before.labels);
  const { steps } = draw;
  return (
    <figure class={isPair ? "draw is-pair" : "draw"}>
      {isPair && (
        <Picture
          label={`${title}: ${name} before`}
          before={before}
          labelsBefore={labelsBefore}
          aspect={aspect}
        />
      )}
      <Picture
        label={`${title}: ${name} after`}
        before={before}
        labelsBefore={labelsBefore}
        after={pictures.of(draw.after.image)}
        labelsAfter={pictures.of(draw.after.labels)}
        aspect={aspect}
      />
      <figcaption>
        <strong>{name}</strong> <code>{draw.address}</code>
        {steps.length === 0 && <p class="muted">nothing was applied</p>}
        {steps.map(({ type, parameters }) => (
          <p class="drawn">
            {isPair && <strong>{type}</strong>}
            {describeParameters(parameters).map(({ name, text }) => (
              <span>
                {name} <b>{text}</b>
              </span>
            ))}
          </p>
        ))}
        {steps.length > 0 && (
          <details class="off-paper">
            <summary>as JSON</summary>
            <pre tabIndex={0}>{shortJson(steps)}</pre>
          </details>
        )}
      </figcaption>
    </figure>
  );
}

function Picture(
  { label, before, labelsBefore, after, labelsAfter, aspect }: {
    label: string;
    before: number;
    labelsBefore: number;
    after?: number;
    labelsAfter?: number;
    aspect: number;
  },
): VNode {
  const isAfter = after !== undefined;
  return (
    <div class="patch-frame">
      <canvas
        class="patch"
        role="img"
        aria-label={label}
        data-before={`${before} ${labelsBefore}`}
        data-after={isAfter ? `${after} ${labelsAfter}` : undefined}
        width={Math.round(192 * aspect)}
        height={192}
      />
      {!isAfter && <span class="patch-tag" aria-hidden="true">before</span>}
    </div>
  );
}

/**
 * Grey values before (line) and after (area). What was clipped to black and white
 * may go through the top, as it would leave nothing to see of the rest.
 */
function Histogram(
  { before, after }: PreviewStage["greys"],
): VNode {
  const most = Math.max(...before, ...after.slice(1, -1));
  const width = 240, height = 64;
  const points = (bins: readonly number[]) =>
    bins.map((share, i) =>
      `${(width * i / (bins.length - 1)).toFixed(1)},` +
      `${(height - height * Math.min(1, share / most)).toFixed(1)}`
    ).join(" ");
  return (
    <figure class="greys">
      <svg
        viewBox={`0 -2 ${width} ${height + 4}`}
        role="img"
        aria-label="Grey values before and after"
      >
        <polygon
          class="greys-after"
          points={`0,${height} ${points(after)} ${width},${height}`}
        />
        <polyline class="greys-before" points={points(before)} />
      </svg>
      <figcaption>
        <span>0</span>
        <span>grey values: line before, area after</span>
        <span>1</span>
      </figcaption>
    </figure>
  );
}

/** An option's value in YAML's words. */
function valueText(value: unknown): string {
  if (typeof value === "number") return `${Number(value.toPrecision(4))}`;
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const parts = Object.entries(value).map(([k, v]) =>
      `${k}: ${valueText(v)}`
    );
    return `{ ${parts.join(", ")} }`;
  }
  return String(value);
}

/** JSON, lists of plain values on one line. */
function shortJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(/\[[^[\]{}]*\]/g, (list) => list.replace(/\s+/g, " "));
}
