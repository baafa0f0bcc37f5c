import type { VNode } from "preact";
import { base64 } from "../encode.ts";
import { documentOf, Frame } from "../part/frame.tsx";
import { InlineData } from "../part/inline_data.tsx";
import { Segments } from "../part/segments.tsx";
import { Slider } from "../part/slider.tsx";
import type { PreviewData, PreviewDraw, PreviewStage } from "./data.ts";
import { describeParameters } from "./describe.ts";
import { GreyHistogram } from "./grey_histogram.tsx";
import { type PictureShape, pictureShape } from "./pictures.ts";

/**
 * One HTML file with what an experiment's augmentations do to training patches:
 * each by itself and all together, before and after, section by section. Equal
 * data give equal bytes.
 */
export function previewPage(data: PreviewData): string {
  const pictures = new PictureIndex(data);
  const shape = pictureShape(data.patchVox);
  const stages = data.stages.map((stage) => (
    <Stage stage={stage} pictures={pictures} shape={shape} />
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
      <Controls shape={shape} section={shownSection(data.section, shape)} />
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

/** The place of a section among those that are shown, or of the nearest one. */
function shownSection(
  section: number,
  { firstSection, sections }: PictureShape,
): number {
  return Math.min(sections - 1, Math.max(0, section - firstSection));
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
    shape: PictureShape;
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
  { stage, pictures, shape }: {
    stage: PreviewStage;
    pictures: PictureIndex;
    shape: PictureShape;
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
        <GreyHistogram {...stage.greys} />
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
              shape={shape}
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
            shape={shape}
            isPair={isChain}
          />
        ))}
      </div>
    </section>
  );
}

function Draw(
  { draw, name, title, pictures, shape, isPair }: {
    draw: PreviewDraw;
    name: string;
    title: string;
    pictures: PictureIndex;
    shape: PictureShape;
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
          shape={shape}
          opensAt={draw.opensAt?.before}
        />
      )}
      <Picture
        label={`${title}: ${name} after`}
        before={before}
        labelsBefore={labelsBefore}
        after={pictures.of(draw.after.image)}
        labelsAfter={pictures.of(draw.after.labels)}
        shape={shape}
        opensAt={draw.opensAt?.after}
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
  { label, before, labelsBefore, after, labelsAfter, shape, opensAt }: {
    label: string;
    before: number;
    labelsBefore: number;
    after?: number;
    labelsAfter?: number;
    shape: PictureShape;
    /** The section that it opens at, if it is not the page's. */
    opensAt?: number | undefined;
  },
): VNode {
  const isAfter = after !== undefined;
  const section = opensAt === undefined
    ? undefined
    : shownSection(opensAt, shape);
  return (
    <div class="patch-frame">
      <canvas
        class="patch"
        role="img"
        aria-label={label}
        data-before={`${before} ${labelsBefore}`}
        data-after={isAfter ? `${after} ${labelsAfter}` : undefined}
        data-section={section}
        width={Math.round(192 * shape.width / shape.height)}
        height={192}
      />
      {section !== undefined && (
        <span class="patch-tag is-section">
          z {shape.firstSection + section}
        </span>
      )}
      {!isAfter && <span class="patch-tag" aria-hidden="true">before</span>}
    </div>
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
