import { deepStrictEqual, match, ok } from "node:assert/strict";
import { outOf, tinyExperiment, tinyPhantom, Workplace } from "./_run.ts";

const search = tinyExperiment.replace("name: tiny\n", "")
  .replace("validateEvery: 12", "validateEvery: 6") + `search:
  trials: 3
  budget: { type: halving, volumeFirst: 6 }
  over:
    optimizer.learningRate: { type: logUniform, within: [1e-3, 1e-2] }
    model.block: { type: choice, of: [{ type: plain }, { type: residual }] }
`;
const test = `data.test=[{ source: ${tinyPhantom(9)} }]`;

Deno.test("run carries a search to its best trial, and its stopped ones can be repeated", async () => {
  using place = new Workplace();
  place.write("found.yaml", search);
  const run = ["run", "found.yaml", "--set", test];
  const said = await place.well(...run); // with the rights of its task
  match(said, /^found: 3 trials over .*learningRate, model\.block, 3 to run$/m);
  const [, best] = /After 6 samples, trial (\d) goes on/.exec(said)!;
  match(said, new RegExp(`^${best} .* finished +0\\.\\d+ +found-`, "m"));
  match(said, /^The first is the best of 3 by validation/m);

  const here = async (...words: readonly string[]) =>
    outOf(words, await place.here(words[0]!, ...words.slice(1)));
  const listed = async (...words: readonly string[]) =>
    JSON.parse(await here("list", ...words, "--json")) as {
      readonly id: string;
      readonly metrics: Readonly<Record<string, number>>;
    }[];
  const stopped = await listed("--state", "stopped");
  deepStrictEqual(stopped.length, 2);
  const tested = (await listed()).filter(({ metrics }) =>
    "test/best.ap" in metrics
  );
  deepStrictEqual(tested.length, 1);
  const [chosen] = await listed(`found@trial=${best}`);
  deepStrictEqual(chosen!.id, tested[0]!.id);

  const again = await here("rerun", stopped[0]!.id);
  match(again, /^identical: \d+ metrics, .* 6 samples/m);
  match(await here(...run), /3 trials over .*, 2 stopped, 1 finished$/m);
  ok((await listed("--state", "stopped")).length === 3, "one more, the rerun");
});
