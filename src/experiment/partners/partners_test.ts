import { deepStrictEqual, ok, rejects, throws } from "node:assert/strict";
import { join } from "node:path";
import { openCremi, writeCremi } from "@/data/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { writeKnown } from "./_testing.ts";
import { candidateDefaults, candidatePlanOf } from "./candidate_plan.ts";
import { findPartners, readPruner } from "./find_partners.ts";
import { learnPrunerFile } from "./learn_pruner_file.ts";
import { scorePartnerFile } from "./score_partners.ts";

Deno.test("findPartners() finds most partners of an exact prediction, with a pruner more exactly", () =>
  inTemporaryFolder(async (folder) => {
    const known = await writeKnown(folder, 7);
    const { truth, prediction } = known;
    const place = { prediction, segmentation: truth };
    const plan = candidatePlanOf({ minContactVox: 10 });
    const output = join(folder, "found.hdf");
    const plain = await findPartners({ ...place, output, how: plan });
    const score = await scorePartnerFile({ found: output, truth });
    deepStrictEqual(score.found, plain.partners);
    ok(score.recall! > 0.6, `recall ${score.recall}`);

    const pruner = join(folder, "pruner.json");
    const learnt = await learnPrunerFile({
      ...{ volumes: [known], output: pruner, seed: 1, plan },
    });
    ok(learnt.pairs > 0 && learnt.candidates > learnt.pairs);
    const how = readPruner(pruner);
    deepStrictEqual(how.candidates, plan);
    await findPartners({ ...place, output, how });
    const pruned = await scorePartnerFile({ found: output, truth });
    deepStrictEqual(pruned.fScore, learnt.fScore);
    ok(pruned.fScore! >= score.fScore!, `${pruned.fScore}, ${score.fScore}`);
    const first = Deno.readTextFileSync(pruner);
    await learnPrunerFile({
      ...{ volumes: [known], output: pruner, seed: 1, plan },
    });
    deepStrictEqual(Deno.readTextFileSync(pruner), first);

    // What is true is found in itself.
    const itself = await scorePartnerFile({ found: truth, truth });
    deepStrictEqual([itself.fScore, itself.falsePositives], [1, 0]);

    // Nothing is written where nothing is found.
    Deno.removeSync(output);
    const none = candidatePlanOf({ steps: ["{ type: threshold, p: 1 }"] });
    await rejects(findPartners({ ...place, output, how: none }), {
      message: /of 0 candidates none is taken for a pair/,
    });
    await rejects(Deno.stat(output));

    await refusesFaults(folder, { truth, output });
  }));

/** What is wrong with a file of partners is told, and where. */
async function refusesFaults(
  folder: string,
  { truth, output }: { readonly truth: string; readonly output: string },
): Promise<void> {
  const { annotations } = await (async () => {
    using file = await openCremi(truth);
    return { annotations: file.annotations! };
  })();
  const write = (changes: object) =>
    writeCremi(output, {
      voxelNm: [50, 8, 8],
      annotations: { ...annotations, ...changes },
    });
  const score = () => scorePartnerFile({ found: output, truth });
  await write({ partners: [{ pre: 1n, post: 99n }] });
  await rejects(score(), /its id 99 is of no point/);
  await write({ offsetNm: [0, 1e6, 0] });
  await rejects(score(), /in which neuron point \d+ lies/);
  await write({ partners: [] });
  await rejects(score(), /Cannot score partners: the file has none/);
  await rejects(
    scorePartnerFile({ found: truth, truth: output }),
    /neuron_ids/,
  );
  const pruner = join(folder, "bad.json");
  for (
    const [text, message] of [
      ["{", /it is no JSON/],
      ["{}", /"candidates" is missing/],
    ] as const
  ) {
    Deno.writeTextFileSync(pruner, text);
    throws(() => readPruner(pruner), message);
  }
}

Deno.test("candidatePlanOf() takes steps in place of the usual, in order, with a threshold", () => {
  deepStrictEqual(candidatePlanOf({}), candidateDefaults);
  deepStrictEqual(
    candidatePlanOf({ steps: ["{ type: threshold, p: 0.2 }"] }).steps,
    [{ type: "threshold", p: 0.2 }],
  );
  throws(
    () => candidatePlanOf({ steps: ["{ type: size }"] }),
    /no step says from which proximity[^]*at {3}--step\n/,
  );
  throws(
    () => candidatePlanOf({ steps: ["{ type: size }", "{ type: smooth }"] }),
    /Cannot take the step "smooth" there[^]*at {3}--step \{ type: smooth \}/,
  );
  throws(
    () =>
      candidatePlanOf({
        steps: ["{ type: threshold, p: { sweep: [0.1, 0.2] } }"],
      }),
    /Cannot sweep p/,
  );
});
