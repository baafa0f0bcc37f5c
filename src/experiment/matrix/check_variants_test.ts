import { deepStrictEqual, match, rejects } from "node:assert/strict";
import { ExperimentFaults, OverwriteError } from "@/core/mod.ts";
import { smallPhantom, smallPlan, type Written } from "../run/_testing.ts";
import { checkVariants } from "./check_variants.ts";

const place = {
  dataRoots: [],
  cacheFolder: "/nowhere",
  resultsFolder: "/nowhere",
  leavesUnopened: true,
};

/** Variants of a small experiment, each with data of its own. */
function variantsOf(...all: readonly Written[]) {
  return all.map((data, i) => ({
    values: { number: `${i}` },
    plan: smallPlan({ data }),
  }));
}

const shared = { test: [smallPhantom(6)] }; // and of validation

/** Where variants are refused. */
async function refusals(...all: readonly Written[]) {
  let where: readonly string[] = [];
  await rejects(checkVariants(variantsOf(...all), place), (error) => {
    where = (error as ExperimentFaults).faults.map((one) => one.where);
    return error instanceof ExperimentFaults;
  });
  return where;
}

Deno.test("checkVariants() tells what was found once", async () => {
  const allowed = { ...shared, allowOverlap: true };
  const found = await checkVariants(variantsOf(allowed, {}, allowed), place);
  deepStrictEqual(found.length, 1);
  deepStrictEqual(await checkVariants(variantsOf({}), place), []);
});

Deno.test("checkVariants() refuses a fault once for all variants that have its data", async () => {
  const [alone, ...others] = await refusals(shared, shared);
  deepStrictEqual(others, []);
  deepStrictEqual(await refusals({}, shared), [`${alone} in number=1`]);
  deepStrictEqual(await refusals({}, shared, shared), [
    `${alone} in number=1 and 1 more`,
  ]);
});

Deno.test("checkVariants() looks at each extent of a patch", async () => {
  const variants = [[2, 8, 8], [2, 32, 8]].map((patchVox, i) => ({
    values: { patch: `${i}` },
    plan: smallPlan({ sampler: { type: "uniform", patchVox } }),
  }));
  await rejects(
    checkVariants(variants, place),
    /patches of 32 voxels along y as the volume has 16/,
  );
});

Deno.test("checkVariants() looks at splits by what a variant allows of them", async () => {
  const variants = [true, undefined].map((allowEmpty, i) => ({
    values: { number: `${i}` },
    plan: smallPlan({
      data: { validation: [smallPhantom(3)] },
      evaluate: { ...allowEmpty && { allowEmpty } },
    }),
  }));
  await rejects(
    checkVariants(variants, place),
    /where nothing is cleft[^]*in number=1/,
  );
  await checkVariants(variants.slice(0, 1), place);
});

Deno.test("checkVariants() leaves what cannot be opened to its run, or refuses it where nothing is run", async () => {
  const missing = { train: [{ source: { type: "cremi", file: "none.hdf" } }] };
  deepStrictEqual(await checkVariants(variantsOf(missing), place), []);
  const planned = { ...place, leavesUnopened: false };
  const [note, ...others] = await checkVariants(
    variantsOf(missing, {}),
    planned,
  );
  deepStrictEqual(others, []);
  match(note!.text, /^Planned without the volumes, .*:\nCannot find/);
  const misnamed = { train: [{ ...smallPhantom(6), name: "EM/../B" }] };
  deepStrictEqual(await checkVariants(variantsOf(misnamed), place), []);
  await rejects(checkVariants(variantsOf(misnamed), planned), /EM\/\.\.\/B/);
  const overwriting = {
    ...place,
    onInputs() {
      throw new OverwriteError("Cannot write over it", { where: "", fix: "" });
    },
  };
  await rejects(checkVariants(variantsOf({}), overwriting), OverwriteError);
  const broken = {
    ...place,
    onInputs() {
      throw new TypeError("mine");
    },
  };
  await rejects(checkVariants(variantsOf({}), broken), TypeError);
});

Deno.test("checkVariants() refuses to run for days what could hand in nothing in the end", async () => {
  const source = { type: "cremi", file: "none.hdf" };
  const submission = { volumes: [{ file: "a.hdf", source }] };
  const variants = [{
    values: { number: "0" },
    plan: smallPlan({ submission }),
  }];
  await rejects(checkVariants(variants, place), (error) => {
    const [fault] = (error as ExperimentFaults).faults;
    match(fault!.message, /Cannot find the data file "none\.hdf"/);
    deepStrictEqual(fault!.where, "submission.volumes[0]");
    return true;
  });
  const planned = { ...place, leavesUnopened: false };
  const [note] = await checkVariants(variants, planned);
  match(note!.text, /Cannot find the data file "none\.hdf"/);
});
