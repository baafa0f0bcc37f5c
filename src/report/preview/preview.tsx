import type { VNode } from "preact";
import { documentOf, Frame } from "../part/frame.tsx";
import { InlineData } from "../part/inline_data.tsx";
import { Segments } from "../part/segments.tsx";
import { Slider } from "../part/slider.tsx";
import type { PreviewData, PreviewStage } from "./data.ts";
import { Draw, Picture } from "./draw.tsx";
import { GreyHistogram } from "./grey_histogram.tsx";
import { PictureIndex } from "./picture_index.ts";
import { type PictureShape, pictureShape, shownSection } from "./pictures.ts";

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
