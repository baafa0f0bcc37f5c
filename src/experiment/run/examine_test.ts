import { deepStrictEqual, match, rejects, throws } from "node:assert/strict";
import { NotAtHand, NotFoundYet } from "@/core/mod.ts";
import { smallPhantom, smallPlan } from "./_testing.ts";
import { examine, notesOf, withoutVolumes } from "./examine.ts";
import { openVolumes } from "./volumes.ts";

const place = {
  dataRoots: [],
  cacheFolder: "/nowhere",
  resultsFolder: "/nowhere",
};
const { spec } = smallPlan({ data: { test: [smallPhantom(14)] } });

Deno.test("examine() lists volumes with what their labels hold, as far as they are counted", async () => {
  using volumes = await openVolumes(spec, place);
  const { volumes: listed } = await examine(volumes, { ...place, spec });
  const positive = listed.map((volume) => ({
    ...volume,
    labels: volume.labels?.positive,
  }));
  const grid = {
    ...{ shapeVox: [4, 16, 16], voxelNm: [50, 20, 20], offsetNm: [0, 0, 0] },
  };
  const of = (...positive: readonly (number | undefined)[]) =>
    [["train", 15], ["validation", 6], ["test", 14]].map((
      [split, seed],
      i,
    ) => ({
      ...{ split, name: `phantom-${seed}`, ...grid, labels: positive[i] },
    }));
  deepStrictEqual(positive, of(55, 139, 60));
  const none = await examine(volumes, { ...place, spec, mostVox: 0 });
  deepStrictEqual("labels" in none.volumes[0]!, false);
});

Deno.test("examine() finds what volumes say of themselves, and what is wrong with them together", async () => {
  using volumes = await openVolumes(spec, place);
  const { findings, faults } = await examine(volumes, { ...place, spec });
  deepStrictEqual([findings, faults], [[], []]);
  const noted = volumes.regions.map((region) => ({
    ...region,
    volume: { ...region.volume, notes: ["odd"] },
  }));
  deepStrictEqual(
    notesOf(noted),
    ["train", "validation", "test"].map((split) => ({
      ...{ level: "note", text: `data.${split}[0]: odd` },
    })),
  );
  const [train, validation, test] = volumes.regions;
  const other = {
    ...test!,
    volume: { ...test!.volume, voxelNm: [50, 4.6, 4.6] as const },
  };
  deepStrictEqual(notesOf([train!, validation!, other]), [{
    level: "caution",
    text: "data.test[0]: its voxels are 50 × 4.6 × 4.6 nm, those trained on " +
      "50 × 20 × 20 nm",
  }]);
  const trainedToo = { ...other, split: "train" } as const;
  deepStrictEqual(notesOf([train!, trainedToo, other]).length, 1);
  const shared = smallPlan({ data: { test: [smallPhantom(6)] } });
  using same = await openVolumes(shared.spec, place);
  const judged = await examine(same, { ...place, spec: shared.spec });
  deepStrictEqual(judged.faults.length, 1);
});

Deno.test("examine() finds patches that do not fit, unless something is not labelled", async () => {
  const large = {
    ...spec,
    sampler: { type: "uniform", patchVox: [2, 8, 32] as const },
  };
  using volumes = await openVolumes(spec, place);
  const messages = async (hasLabels: boolean) => {
    const regions = volumes.regions.map((region) => ({
      ...region,
      volume: { ...region.volume, hasLabels },
    }));
    const open = { ...volumes, regions } as unknown as typeof volumes;
    const { faults } = await examine(open, { ...place, spec: large });
    return faults.map(({ message }) => message);
  };
  match(`${await messages(true)}`, /^Cannot .*32 voxels along x[^,]*$/);
  match(`${await messages(false)}`, /^Cannot train on .* no cleft labels/);
  const broken = { ...spec, sampler: null } as unknown as typeof spec;
  await rejects(examine(volumes, { ...place, spec: broken }), TypeError);
});

Deno.test("withoutVolumes() says why a plan has to do without them", () => {
  const options = { where: "data", fix: "Find it" };
  match(
    withoutVolumes(new NotAtHand("Cannot find it", options)),
    /^Planned without the volumes, which a run could not open:\nCannot find it/,
  );
  match(
    withoutVolumes(new NotFoundYet("Cannot find it yet", options)),
    /, which take a while to open:\nCannot find it yet/,
  );
  throws(() => withoutVolumes(new TypeError("mine")), /mine/);
});
