import type { VNode } from "preact";
import { renderToStaticMarkup } from "preact-render-to-string";
import type { Zyx } from "@/core/mod.ts";
import { formatNumber } from "./format.ts";
import { arrowsOf, box, gap } from "./network_arrows.ts";

/** A stop of a network as a plan describes it. */
export interface DrawnStop {
  /** Its name. */
  readonly name: string;
  /** N, D, H, W, C of its features. */
  readonly shape: readonly number[];
  /** Numbers that training changes. */
  readonly parameters: number;
  /** Multiply-adds of its convolutions for one patch. */
  readonly multiplyAdds: number;
  /** Voxels of the image that one of its features depends on, z y x. */
  readonly receptiveVox: readonly number[];
  /** The stops whose features it takes; `image` is the first of all. */
  readonly from: readonly string[];
}

/** What a network comes to. */
export interface DrawnNetwork {
  /** What the drawing is called. */
  readonly title: string;
  /** Extent of the patch. */
  readonly patchVox: Zyx;
  /** Its stops, from the image to the logits. */
  readonly stops: readonly DrawnStop[];
}

const margin = { x: 24, top: 100, bottom: 46 };
/** Pixels of the text on top, and of a letter in most fonts, generously. */
const titleSize = 17, factsSize = 12.5;
const letterWidth = { title: titleSize * 0.64, facts: factsSize * 0.56 };

/** A stop with its place in the drawing. */
interface PlacedStop extends DrawnStop {
  readonly x: number;
  readonly y: number;
}

/**
 * A network as an SVG file: a row for each resolution, finest first; each stop
 * with its features, parameters, multiply-adds and receptive field, and arrows
 * for what it takes. Light and dark; equal networks give equal bytes.
 */
export function drawNetwork(network: DrawnNetwork): string {
  const image = imageStop(network.patchVox);
  const stops = place([image, ...network.stops]);
  const height = Math.max(...stops.map(({ y }) => y)) + box.height +
    margin.bottom;
  const sum = (count: (stop: DrawnStop) => number) =>
    network.stops.reduce((total, stop) => total + count(stop), 0);
  const facts = [
    `${formatNumber(sum((s) => s.parameters))} parameters`,
    `${
      shortNumber(sum((s) => s.multiplyAdds))
    } multiply-adds (MAC) for a patch of ` +
    `${network.patchVox.join(" × ")} voxels`,
    `a voxel sees ${mostSeen(network.stops).join(" × ")}`,
  ];
  const width = margin.x + Math.ceil(Math.max(
    ...stops.map(({ x }) => x + box.width),
    margin.x + network.title.length * letterWidth.title,
    margin.x + facts.join(" · ").length * letterWidth.facts,
  ));
  return renderToStaticMarkup(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={`${network.title}: ${facts.join(", ")}`}
    >
      <style>{css}</style>
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
        >
          <path class="head" d="M0 0.5 8 4 0 7.5z" />
        </marker>
      </defs>
      <rect class="paper" width={width} height={height} />
      <text class="title" x={margin.x} y="32">{network.title}</text>
      <text class="facts" x={margin.x} y="52">{facts.join(" · ")}</text>
      {arrowsOf(stops).map(({ d, isSkip }, i) => (
        <path key={i} class={isSkip ? "arrow is-skip" : "arrow"} d={d} />
      ))}
      {stops.map((stop) => <Stop key={stop.name} stop={stop} />)}
    </svg>,
  ) + "\n";
}

function imageStop(patchVox: Zyx): DrawnStop {
  return {
    name: "image",
    shape: [1, ...patchVox, 1],
    parameters: 0,
    multiplyAdds: 0,
    receptiveVox: [1, 1, 1],
    from: [],
  };
}

/** A row for each extent, finest first; in a row in order, right of its sources. */
function place(stops: readonly DrawnStop[]): PlacedStop[] {
  const voxels = ({ shape }: DrawnStop) => shape[1]! * shape[2]! * shape[3]!;
  const rows = [...new Set(stops.map(voxels))].toSorted((a, b) => b - a);
  const columns = rows.map(() => 0);
  const columnOf = new Map<string, number>();
  return stops.map((stop) => {
    const row = rows.indexOf(voxels(stop));
    const inRow = stop.from.filter((name) =>
      stops.some((s) => s.name === name && voxels(s) === voxels(stop))
    );
    const column = Math.max(
      columns[row]!,
      ...inRow.map((name) => columnOf.get(name)! + 1),
    );
    columns[row] = column + 1;
    columnOf.set(stop.name, column);
    return {
      ...stop,
      // Coarser rows begin below the first encoder, not below the image.
      x: margin.x + (column + (row === 0 ? 0 : 1)) * (box.width + gap.x),
      y: margin.top + row * (box.height + gap.y),
    };
  });
}

function Stop({ stop }: { stop: PlacedStop }): VNode {
  const { name, shape, parameters, multiplyAdds, receptiveVox, x, y } = stop;
  const [, depth, height, width, channels] = shape;
  const lines = [
    `${channels} ${channels === 1 ? "channel" : "channels"} · ` +
    `${depth} × ${height} × ${width}`,
    ...(stop.from.length === 0 ? [] : [
      `${shortNumber(parameters)} parameters · ` +
      `${shortNumber(multiplyAdds)} MAC`,
      `sees ${receptiveVox.join(" × ")}`,
    ]),
  ];
  return (
    <g class={kindOf(stop)} transform={`translate(${x} ${y})`}>
      <rect class="box" width={box.width} height={box.height} rx="9" />
      <text class="name" x="12" y="20">{name}</text>
      {lines.map((line, i) => <text key={i} x="12" y={37 + 15 * i}>{line}
      </text>)}
    </g>
  );
}

/** What colours a stop: whether it reads, says something, or neither. */
function kindOf({ name, from }: DrawnStop): string {
  if (from.length === 0) return "stop is-image";
  return /^(head|level\d)/.test(name) ? "stop is-end" : "stop";
}

function mostSeen(stops: readonly DrawnStop[]): number[] {
  return [0, 1, 2].map((axis) =>
    Math.max(...stops.map(({ receptiveVox }) => receptiveVox[axis]!))
  );
}

/** 28.6 k, 5.94 M, 41.2 G. */
function shortNumber(value: number): string {
  for (const [unit, size] of [["G", 1e9], ["M", 1e6], ["k", 1e3]] as const) {
    if (value >= size) {
      return `${Number((value / size).toPrecision(3))} ${unit}`;
    }
  }
  return `${value}`;
}

const css = `
svg { color-scheme: light dark; font: 11px system-ui, "Liberation Sans", sans-serif }
.paper { fill: #fff } .box { fill: #fbfbf9; stroke: #c9c9c1 }
text { fill: #5d656e } .name { fill: #1a1d21; font-size: 13px; font-weight: 600 }
.title { fill: #1a1d21; font-size: ${titleSize}px; font-weight: 600 } .facts { font-size: ${factsSize}px }
.is-image .box { fill: #f3f3ef } .is-end .box { fill: #e2f0f4; stroke: #0a6482 }
.arrow { fill: none; stroke: #5d656e; stroke-width: 1.4; marker-end: url(#arrow) }
.is-skip { stroke: #0a6482 } .head { fill: context-stroke }
@media (prefers-color-scheme: dark) {
  .paper { fill: #111316 } .box { fill: #17191d; stroke: #434952 }
  text { fill: #9ba3ac } .name, .title { fill: #e7e6e1 }
  .is-image .box { fill: #1e2126 } .is-end .box { fill: #14323c; stroke: #63c3de }
  .arrow { stroke: #9ba3ac } .is-skip { stroke: #63c3de }
}
`;
