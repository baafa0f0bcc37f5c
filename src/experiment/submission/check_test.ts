import { deepStrictEqual, rejects } from "node:assert/strict";
import { join } from "node:path";
import { sources, writeHdf5 } from "@/data/mod.ts";
import { testFolder } from "@test/folder.ts";
import { smallPhantom, smallPlan, type Written } from "../run/_testing.ts";
import { checkSubmission, seeVolumes } from "./check.ts";

const place = { dataRoots: [], cacheFolder: "/nowhere" };
const submission = { volumes: [{ file: "a.hdf", ...smallPhantom(1) }] };

function check(changes: Written): Promise<unknown> {
  const { spec } = smallPlan({ submission, ...changes } as Written);
  return checkSubmission(spec, place);
}

Deno.test("checkSubmission() lets pass what can be handed in, or is not", async () => {
  await check({});
  await check({ data: { validation: [] }, submission: undefined });
});

Deno.test("checkSubmission() refuses a run that would choose no threshold, and volumes that are not there", async () => {
  await rejects(check({ data: { validation: [] } }), {
    message: /nothing would say from which probability on a voxel is cleft/,
    where: "submission",
  });
  const source = { type: "cremi", file: "none.hdf" };
  const volumes = [...submission.volumes, { file: "b.hdf", source }];
  await rejects(check({ submission: { volumes } }), {
    message: /Cannot find the data file "none\.hdf"/,
    where: "submission.volumes[1]",
  });
});

Deno.test("seeVolumes() tells what is odd about a volume, which needs no labels, and its hashes", async () => {
  using folder = testFolder();
  const root = folder.path(".");
  await writeHdf5(join(root, "raw.hdf"), {
    "volumes/raw": {
      ...{ shapeVox: [1, 4, 4], data: new Uint8Array(16) },
      copied: {
        voxel_size: {
          ...{ dtype: "<d", shape: [3] },
          values: Float64Array.of(40, 4, 4),
        },
      },
    },
  });
  const source = sources.schema.parse({ type: "cremi", file: "raw.hdf" });
  const [seen] = await seeVolumes([{ file: "out.hdf", source }], {
    ...place,
    dataRoots: [root],
  });
  deepStrictEqual(seen!.notes, [
    'out.hdf: The resolution of "volumes/raw" is that of its attribute "voxel_size"',
  ]);
  deepStrictEqual(seen!.files.length, 64);
});
