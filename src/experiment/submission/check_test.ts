import { rejects } from "node:assert/strict";
import { smallPhantom, smallPlan, type Written } from "../run/_testing.ts";
import { checkSubmission } from "./check.ts";

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
