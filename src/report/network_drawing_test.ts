import { deepEqual, equal, match, ok } from "node:assert/strict";
import { drawNetwork, type DrawnStop } from "./network_drawing.tsx";

const stop = (name: string, from: string[], height: number): DrawnStop => ({
  name,
  from,
  shape: [2, 4, height, height, 8],
  parameters: 1500,
  multiplyAdds: 2_340_000_000,
  receptiveVox: [1, height, 3],
});

const network = {
  title: "a < b",
  patchVox: [4, 16, 16],
  stops: [
    stop("encoder0", ["image"], 16),
    stop("encoder1", ["encoder0"], 8),
    stop("up0", ["encoder1"], 16),
    stop("decoder0", ["up0", "encoder0"], 16),
    stop("head", ["decoder0"], 16),
  ],
} as const;

Deno.test("drawNetwork() says of each stop its shape, its cost and what it sees", () => {
  const svg = drawNetwork(network);
  match(svg, /<text class="title"[^>]*>a &lt; b<\/text>/);
  match(svg, /7500 parameters/);
  match(svg, /11.7 G multiply-adds/);
  match(svg, /a voxel sees 1 × 16 × 3/);
  equal(svg.match(/1.5 k parameters · 2.34 G MAC/g)?.length, 5);
  match(svg, /8 channels · 4 × 8 × 8/);
});

Deno.test("drawNetwork() shortens what is large, and says of the image its shape alone", () => {
  const small = { ...stop("a", ["image"], 16), parameters: 999 };
  const large = { ...stop("b", ["a"], 16), parameters: 28_649_000 };
  const round = { ...stop("c", ["b"], 16), parameters: 1000, multiplyAdds: 7 };
  const svg = drawNetwork({ ...network, stops: [small, large, round] });
  match(svg, />999 parameters · 2\.34 G MAC/);
  match(svg, />28\.6 M parameters · 2\.34 G MAC/);
  match(svg, />1 k parameters · 7 MAC/);
  const [, image] = /stop is-image"(.*?)<\/g>/s.exec(svg)!;
  deepEqual(
    [...image!.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text!.trim()),
    ["image", "1 channel · 4 × 16 × 16"],
  );
});

Deno.test("drawNetwork() marks what the network says: its head and its levels", () => {
  const stops = ["head", "level2", "level", "headless"].map((name) =>
    stop(name, ["image"], 16)
  );
  const svg = drawNetwork({ ...network, stops });
  const kinds = [
    ...svg.matchAll(/<g class="([^"]+)".*?class="name"[^>]*>(\w+)/gs),
  ]
    .map(([, kind, name]) => `${name} ${kind}`);
  deepEqual(kinds, [
    "image stop is-image",
    "head stop is-end",
    "level2 stop is-end",
    "level stop",
    "headless stop is-end",
  ]);
});

Deno.test("drawNetwork() draws an arrow for each source, a skip over what is between", () => {
  const svg = drawNetwork(network);
  equal(svg.match(/class="arrow/g)?.length, 6);
  equal(svg.match(/class="arrow is-skip"/g)?.length, 1);
});

Deno.test("drawNetwork() puts each resolution into a row of its own", () => {
  const places = [...drawNetwork(network).matchAll(/translate\((\d+) (\d+)\)/g)]
    .map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
  equal(places.length, 6); // the image too
  equal(new Set(places.map(({ x, y }) => `${x} ${y}`)).size, 6);
  equal(new Set(places.map(({ y }) => y)).size, 2);
});

interface Box {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The boxes of a drawing by name, and the ends of its arrows in order. */
function measured(svg: string) {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.map(Number);
  const boxes = new Map<string, Box>();
  const stops =
    /translate\((\d+) (\d+)\)"><rect class="box" width="(\d+)" height="(\d+)".*?class="name"[^>]*>(\w+)/gs;
  for (const [, x, y, w, h, name] of svg.matchAll(stops)) {
    const [left, top] = [Number(x), Number(y)];
    boxes.set(name!, {
      name: name!,
      left,
      top,
      right: left + Number(w),
      bottom: top + Number(h),
    });
  }
  const arrows = [...svg.matchAll(/class="arrow[^"]*" d="M([^"]+)"/g)]
    .map(([, d]) => {
      const numbers = d!.match(/-?[\d.]+/g)!.map(Number);
      const isFlat = /^[\d.]+ [\d.]+H[\d.]+$/.test(d!);
      const [x0, y0] = numbers as [number, number];
      const [x1, y1] = isFlat ? [numbers[2]!, y0] : numbers.slice(-2) as [
        number,
        number,
      ];
      return { x0, y0, x1, y1, numbers, isFlat };
    });
  return { width: width!, height: height!, boxes, arrows };
}

/** Whether a point is on the edge of a box, or a pixel outside. */
function touches({ left, right, top, bottom }: Box, x: number, y: number) {
  const isAt = (value: number, edge: number) => Math.abs(value - edge) <= 1;
  const isAcross = x >= left - 1 && x <= right + 1;
  const isBeside = y >= top - 1 && y <= bottom + 1;
  return isAcross && (isAt(y, top) || isAt(y, bottom)) ||
    isBeside && (isAt(x, left) || isAt(x, right));
}

Deno.test("drawNetwork() keeps boxes apart, in order and inside the picture", () => {
  const { width, height, boxes } = measured(drawNetwork(network));
  const all = [...boxes.values()];
  for (const [i, a] of all.entries()) {
    ok(a.left >= 20 && a.right <= width - 20, a.name);
    ok(a.top >= 60 && a.bottom <= height - 20, a.name); // below the facts
    for (const b of all.slice(0, i)) {
      const gapX = Math.max(a.left - b.right, b.left - a.right);
      const gapY = Math.max(a.top - b.bottom, b.top - a.bottom);
      ok(Math.max(gapX, gapY) >= 40, `${a.name} beside ${b.name}`);
    }
  }
  const lefts = ["image", "encoder0", "up0", "decoder0", "head"]
    .map((name) => boxes.get(name)!.left);
  deepEqual(lefts, lefts.toSorted((a, b) => a - b));
  const [encoder0, encoder1] = ["encoder0", "encoder1"]
    .map((name) => boxes.get(name)!);
  equal(encoder1!.left, encoder0!.left); // below it, not below the image
  equal(width, Math.max(...all.map(({ right }) => right)) + 24);
  equal(height, Math.max(...all.map(({ bottom }) => bottom)) + 46);
});

Deno.test("drawNetwork() is as wide as what is said on top needs", () => {
  const { width } = measured(drawNetwork({
    ...network,
    stops: [stop("head", ["image"], 16)],
  }));
  const facts = "1500 parameters · 2.34 G multiply-adds (MAC) for a patch of " +
    "4 × 16 × 16 voxels · a voxel sees 1 × 16 × 3";
  ok(width >= 24 + facts.length * 12.5 / 2 + 24); // letters are half as wide as tall
});

Deno.test("drawNetwork() leads each arrow from its source to its stop", () => {
  const wide = {
    ...network,
    stops: [
      ...network.stops,
      stop("low", ["encoder1", "head"], 8),
      stop("far", ["low"], 16),
    ],
  };
  const { boxes, arrows, height } = measured(drawNetwork(wide));
  const expected = wide.stops.flatMap(({ name, from }) =>
    from.map((source) => [source, name])
  );
  equal(arrows.length, expected.length);
  arrows.forEach(({ x0, y0, x1, y1, numbers, isFlat }, i) => {
    const [source, target] = expected[i]!.map((name) => boxes.get(name)!);
    const what = `${source!.name} to ${target!.name}`;
    ok(touches(source!, x0, y0), `${what} begins at ${x0} ${y0}`);
    ok(touches(target!, x1, y1), `${what} ends at ${x1} ${y1}`);
    equal(
      isFlat,
      target!.left - source!.right === 44 && source!.top === target!.top,
    );
    if (!isFlat) {
      ok(
        Math.min(...numbers) > 0 && Math.max(...numbers) < 2000 + height,
        what,
      );
    }
  });
});

Deno.test("drawNetwork() lifts a skip above the boxes that it passes", () => {
  const { boxes, arrows } = measured(drawNetwork(network));
  const skip = arrows.find(({ x0, y0 }) =>
    y0 === boxes.get("encoder0")!.top && x0 > boxes.get("encoder0")!.left
  )!;
  const { top } = boxes.get("up0")!;
  const ys = skip.numbers.filter((n) => n < top);
  ok(ys.length > 0);
  ok(ys.every((y) => y > 60 && y <= top - 20 || y === top - 1), `${ys}`);
  equal(skip.y0, top);
  equal(skip.y1, top - 1); // the head of the arrow has its own length
});

Deno.test("drawNetwork() gives the same bytes again and needs no other file", () => {
  const svg = drawNetwork(network);
  equal(svg, drawNetwork(network));
  equal(/href=|url\((?!#arrow)|<script/.test(svg), false);
});
