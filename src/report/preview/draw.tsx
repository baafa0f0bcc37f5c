import type { VNode } from "preact";
import type { PreviewDraw } from "./data.ts";
import { describeParameters } from "./describe.ts";
import type { PictureIndex } from "./picture_index.ts";
import { type PictureShape, shownSection } from "./pictures.ts";

/** A patch that was drawn, after and, as a pair, before; what was drawn, and its address. */
export function Draw(
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

/** A picture of a patch, which `client/preview.js` draws. */
export function Picture(
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

/** JSON, lists of plain values on one line. */
function shortJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(/\[[^[\]{}]*\]/g, (list) => list.replace(/\s+/g, " "));
}
