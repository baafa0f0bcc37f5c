import { equal, match } from "node:assert/strict";
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

Deno.test("drawNetwork() gives the same bytes again and needs no other file", () => {
  const svg = drawNetwork(network);
  equal(svg, drawNetwork(network));
  equal(/href=|url\((?!#arrow)|<script/.test(svg), false);
});
