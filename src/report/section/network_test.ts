import { deepEqual, match } from "node:assert/strict";
import { seeSection } from "../_reading_testing.ts";
import { makeReport, makeRunData } from "../_testing.ts";

const layer = (name: string, parameters: number) => ({
  name,
  shape: [1, 8, 96, 96, 16],
  parameters,
  receptiveVox: [3, 5, 5],
});

const run = (
  experiment: string,
  shapes: unknown,
  network: string | null = null,
) => makeRunData({ experiment, plan: JSON.stringify({ shapes }) }, { network });

const see = (...runs: readonly ReturnType<typeof run>[]) =>
  seeSection({ type: "network" }, makeReport(runs));

Deno.test("network lists the layers, and sums their parameters", () => {
  deepEqual(see(run("a", [layer("encoder0", 1), layer("head", 1500)])).lines, [
    "2 layers, 1501 parameters",
    "Layer | Shape N, D, H, W, C | Parameters | Sees voxels z, y, x",
    "encoder0 | 1 × 8 × 96 × 96 × 16 | 1 | 3 × 5 × 5",
    "head | 1 × 8 × 96 × 96 × 16 | 1500 | 3 × 5 × 5",
  ]);
  deepEqual(see(run("a", [layer("head", 1)])).lines[0], "1 layer, 1 parameter");
});

Deno.test("network shows a drawing as it was recorded, as an image alone", () => {
  const svg = "<svg>é</svg>";
  const { html, lines } = see(run("a", [], svg));
  const [, data] = /src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html)!;
  const bytes = Uint8Array.from(atob(data!), (c) => c.charCodeAt(0));
  deepEqual(new TextDecoder().decode(bytes), svg);
  deepEqual(lines, ["Full size"]); // no layers, no other run
});

Deno.test("network shows runs with one network together, others apart", () => {
  const { lines } = see(
    run("a", [layer("x", 1)]),
    run("b", [layer("x", 2)]),
    run("c", [layer("x", 1)]),
    run("d", [layer("x", 1)], "<svg/>"),
    run("none", []),
  );
  deepEqual(lines.filter((line) => !/Layer|x \|/.test(line)), [
    ...["a c", "1 layer, 1 parameter"],
    ...["b", "1 layer, 2 parameters"],
    ...["d", "Full size", "1 layer, 1 parameter"],
  ]);
});

Deno.test("network shows nothing of plans that tell no layers", () => {
  const damaged = makeRunData({ experiment: "b", plan: "{" });
  deepEqual(see(run("a", [{ name: 1 }]), damaged).lines, []);
  match(see(damaged, run("a", [layer("x", 1)])).lines[0]!, /^a$/);
});
