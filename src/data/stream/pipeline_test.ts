import { ExperimentError, type Sample, type Zyx } from "@/core/mod.ts";
import {
  augmentations,
  makeSample,
  openPlan,
  samplers,
  type StreamPlan,
  targets,
} from "@/data/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { sharedBlobs } from "@test/volumes.ts";
import { throws } from "node:assert/strict";

/** A plan with the given augmentations on a volume of 6 x 60 x 60 voxels. */
function planWith(
  augment: readonly { type: string; [option: string]: unknown }[],
  changes: Partial<StreamPlan> = {},
): StreamPlan {
  return {
    seed: 11,
    volumes: [sharedBlobs([6, 60, 60])],
    sampler: samplers.schema.parse({ type: "uniform" }),
    augment: augment.map((entry) => augmentations.schema.parse(entry)),
    target: targets.schema.parse({ type: "binary" }),
    patchVox: [4, 16, 16],
    batch: 2,
    workers: 0,
    ahead: 1,
    ...changes,
  };
}

function assertSameSample(a: Sample, b: Sample) {
  assertSameNumbers(a.image, b.image, "image");
  assertSameNumbers(a.target, b.target, "target");
  assertSameNumbers(a.mask, b.mask, "mask");
}

const chain = [
  { type: "elastic", p: 0.6, rotationInterval: [-0.5, 0.5] },
  { type: "simple" },
  { type: "elastic" },
  { type: "grey", p: 0.5 },
];

Deno.test("Pipeline.make() gives the same sample from its record as JSON", () => {
  const plan = planWith(chain), pipeline = openPlan(plan);
  for (let index = 0; index < 12; index++) {
    const record = pipeline.draw(index);
    assertEquals(
      record.steps.map((s) => s.type).join(),
      chain.map((s) => s.type).join(),
    );
    const replayed = pipeline.make(JSON.parse(JSON.stringify(record)));
    assertSameSample(replayed, makeSample(plan, index));
    assertSameNumbers(replayed.shapeVox, plan.patchVox);
  }
});

Deno.test("Pipeline.draw() applies an augmentation with its probability", () => {
  const pipeline = openPlan(planWith([{ type: "simple", p: 0.3 }]));
  const n = 3000;
  let applied = 0;
  for (let i = 0; i < n; i++) {
    if (pipeline.draw(i).steps[0]!.parameters !== null) applied++;
  }
  assertAlmostEquals(applied, n * 0.3, 4 * Math.sqrt(n * 0.3 * 0.7));
});

Deno.test("Pipeline.draw() gives an augmentation the same numbers whatever stands beside it", () => {
  const alone = openPlan(planWith([{ type: "grey" }]));
  const beside = openPlan(planWith([{ type: "grey" }, { type: "simple" }]));
  for (let i = 0; i < 20; i++) {
    const [a, b] = [alone, beside].map((p) => p.draw(i));
    assertEquals(JSON.stringify(a!.place), JSON.stringify(b!.place));
    assertEquals(JSON.stringify(a!.steps[0]), JSON.stringify(b!.steps[0]));
  }
});

Deno.test("Pipeline.make() without augmentation reads the volume as it is", () => {
  const plan = planWith([]), pipeline = openPlan(plan);
  const { place } = pipeline.draw(3);
  const { raw, labels } = plan.volumes[0]!;
  const [z, y, x] = place.startVox;
  const first = (z * 60 + y) * 60 + x;
  const sample = makeSample(plan, 3);
  assertEquals(sample.image[0], Math.fround(new Uint8Array(raw)[first]! / 255));
  assertEquals(sample.target[0], new Uint8Array(labels!)[first] === 1 ? 1 : 0);
});

Deno.test("Pipeline.make() invents no border where the volume has voxels", () => {
  // Shifted by up to 12 voxels, a patch in the middle of 120 stays inside.
  const shapeVox: Zyx = [6, 120, 120];
  const shared = sharedBlobs(shapeVox);
  new Uint8Array(shared.labels!).fill(0);
  const plan = planWith([{ type: "elastic", maxMisalign: 3 }], {
    volumes: [shared],
  });
  const pipeline = openPlan(plan);
  let moved = 0;
  for (let index = 0; index < 40; index++) {
    const { steps } = pipeline.draw(index);
    const place = { volume: 0, startVox: [1, 52, 52] as const };
    const { mask } = pipeline.make({ index, place, steps });
    assertEquals(mask.every((m) => m === 1), true, `sample ${index}`);
    const atBorder = { volume: 0, startVox: [1, 104, 104] as const };
    const cut = pipeline.make({ index, place: atBorder, steps });
    if (cut.mask.some((m) => m === 0)) moved++;
  }
  assertEquals(moved > 20, true, "and one where it has none");
});

const heads = [targets.schema.parse({ type: "polarity", reachNm: 12 })];
const pairs = [{ preVox: [2, 30, 26], postVox: [2, 30, 34] }] as const;

Deno.test("Pipeline.example() has each head's target where augmentation puts its partners", () => {
  const volumes = [{ ...sharedBlobs([6, 60, 60]), partners: pairs }];
  const open = (augment: Parameters<typeof planWith>[0]) =>
    openPlan(planWith(augment, { volumes, heads, patchVox: [6, 60, 60] }));
  const polarityOf = (augment: Parameters<typeof planWith>[0]) => {
    const pipeline = open(augment);
    const { target, mask } = pipeline.example(pipeline.draw(0));
    return (z: number, y: number, x: number) => {
      const i = 2 * ((z * 60 + y) * 60 + x) + 1; // the second head
      return target[i]! * mask[i]!;
    };
  };
  const plain = polarityOf([]),
    flipped = polarityOf([{
      ...{ type: "simple", flipZ: 0, flipY: 0, flipX: 1, transpose: 1 },
    }]);
  assertEquals(plain(2, 30, 26), 1);
  assertEquals(plain(2, 30, 34), -1);
  for (let x = 1; x < 59; x++) {
    assertEquals(flipped(2, 59 - x, 30), plain(2, 30, x), `${x}`);
  }
});

Deno.test("openPlan() refuses volumes without the partners that a head is to learn", () => {
  const none = sharedBlobs([6, 60, 60]);
  const refuses = (volumes: StreamPlan["volumes"], message: RegExp) =>
    throws(() => openPlan(planWith([], { volumes, heads })), message);
  refuses([{ ...none, partners: pairs }, none], /no table of them/);
  refuses([{ ...none, partners: [] }], /no volume has a pair/);
});

Deno.test("openPlan() refuses an augmentation that cannot work on the patches", () => {
  throws(
    () => openPlan(planWith([{ type: "simple" }], { patchVox: [4, 16, 24] })),
    (error: unknown) =>
      error instanceof ExperimentError && error.where === "augment[0]" &&
      error.message.includes("16 x 24"),
  );
});
