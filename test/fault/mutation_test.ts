/**
 * Files with one thing wrong, hundreds of them: whatever is done with them ends
 * in a result or in an error of three lines, and content that has a hash is
 * never another one.
 */
import { deepStrictEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { openRng, removeIfThere, sha256Hex, statIfThere } from "@/core/mod.ts";
import { say } from "@/command/_testing.ts";
import { layOut, nets } from "@/model/mod.ts";
import { checkRecords, openRecords } from "@/record/mod.ts";
import { newRun, newVerdict } from "@/record/_testing.ts";
import {
  decodeCheckpoint,
  encodeCheckpoint,
  firstSnapshot,
} from "@/train/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { refusalOf } from "@test/refusal.ts";
import { mutated } from "./_mutations.ts";

/** More find more: CLEFT_MUTATIONS=10000 deno task test test/fault/mutation_test.ts */
const count = Number(Deno.env.get("CLEFT_MUTATIONS") ?? 300);
const seed = 17;

Deno.test(`${count} damaged databases are read or refused, and nothing else`, async () => {
  await inTemporaryFolder(async (folder) => {
    const results = join(folder, "results"),
      path = join(results, "runs.sqlite");
    const content = Uint8Array.from({ length: 3000 }, (_, i) => i % 251);
    record(results, content);
    const sound = Deno.readFileSync(path);
    for (let index = 0; index < count; index++) {
      Deno.writeFileSync(path, mutated(sound, { seed, index }));
      try {
        for (
          const words of [["list"], ["show", "last"], ["show", "a", "--json"]]
        ) {
          const begunMs = performance.now();
          const { err } = await say(folder, ...words);
          ok(!/unexpected/.test(err), err);
          ok(performance.now() - begunMs < 20_000, words.join(" "));
        }
        await refusalOf(() => {
          using records = openRecords(results, { readOnly: true });
          deepStrictEqual(records.artifact("a", "content"), content);
        });
        if (index % 10 === 0) await saveWhatIsLeft(folder, { content });
        await refusalOf(() => {
          using records = openRecords(results);
          using recorder = records.startRun(newRun());
          recorder.metric({ split: "train", name: "loss", step: 1, value: 1 });
          recorder.finish("finished");
          records.continueRun("b", { afterStep: 1 }).finish("failed");
        });
      } catch (error) {
        throw new Error(`mutation ${index} of seed ${seed}`, { cause: error });
      } finally {
        for (const end of ["-wal", "-shm", "-journal"]) {
          removeIfThere(path + end);
        }
      }
    }
  });
});

Deno.test(`${count} damaged checkpoints are read or refused, and nothing else`, async () => {
  const entry = nets.schema.parse({ type: "resUnet", filters: [2, 3] });
  const network = layOut(nets.create(entry)({ heads: 1, levels: 0 }));
  const slotNames = ["mean"];
  const snapshot = {
    ...firstSnapshot(network, { slotNames }, openRng(1)),
    step: 7,
  };
  const sound = encodeCheckpoint(snapshot, network);
  // Half of them in the header, which is where all can go wrong.
  const header = 8 + Number(new DataView(sound.buffer).getBigUint64(0, true));
  for (let index = 0; index < count; index++) {
    const bytes = index % 2 === 0
      ? mutated(sound, { seed, index })
      : Uint8Array.from([
        ...mutated(sound.subarray(0, header), { seed, index }),
        ...sound.subarray(header),
      ]);
    await refusalOf(() => {
      const read = decodeCheckpoint(bytes, network, { slotNames, where: "w" });
      ok(Number.isSafeInteger(read.step));
      deepStrictEqual(read.weights.length, snapshot.weights.length);
    });
  }
});

/** Records two runs of all that can be recorded, the second one cut. */
function record(folder: string, content: Uint8Array): void {
  using records = openRecords(folder);
  for (const experiment of ["a", "b"]) {
    using recorder = records.startRun(
      newRun({ experiment, variant: { loss: experiment } }),
    );
    for (let step = 1; step <= 50; step++) {
      recorder.metric({ split: "train", name: "loss", step, value: 1 / step });
      recorder.samples([
        { index: step, step, sha256: sha256Hex(`${step}`), drawn: "{}" },
      ]);
    }
    recorder.weightHashes([
      { step: 1, layer: "head", sha256: sha256Hex("head") },
    ]);
    recorder.artifact("content", "x", content);
    recorder.log("info", "began");
    if (experiment === "a") recorder.finish("finished", null, newVerdict());
  }
  records.recordMatrix({
    name: "b",
    axes: [{ name: "loss", values: ["b"] }],
    variants: [{ values: { loss: "b" }, planHash: newRun().planHash }],
  });
}

/** What can be saved is a sound database, its contents those of before. */
async function saveWhatIsLeft(
  folder: string,
  { content }: { readonly content: Uint8Array },
): Promise<void> {
  const saved = join(folder, "saved");
  try {
    const { err } = await say(
      folder,
      ...["doctor", "--records", "--output", "saved/runs.sqlite"],
    );
    if (/^Cannot read the database: no table/.test(err)) return;
    deepStrictEqual(err, "");
    const { faults } = checkRecords(saved);
    deepStrictEqual(faults.filter(({ what }) => !/gone/.test(what)), []);
    for (const words of [["list"], ["report"]]) {
      const { err } = await say(folder, ...words, "--results", saved);
      ok(!/unexpected/.test(err), err);
    }
    using records = openRecords(saved, { readOnly: true });
    for (const { id } of records.known) {
      await refusalOf(() =>
        deepStrictEqual(records.artifact(id, "content"), content)
      );
    }
  } finally {
    if (statIfThere(saved)) Deno.removeSync(saved, { recursive: true });
  }
}
