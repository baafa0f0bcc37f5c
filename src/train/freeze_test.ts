import { deepStrictEqual, ok, throws } from "node:assert";
import { openRng } from "@/core/mod.ts";
import { testOnEngines } from "@test/engines.ts";
import { tinyNetwork, trainTiny } from "./_testing.ts";
import { averagings } from "./averaging/mod.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import { frozen } from "./freeze.ts";
import { optimizers } from "./optimizer/mod.ts";
import { firstSnapshot, hashSnapshot, type Snapshot } from "./snapshot.ts";

const exponential = averagings.create(
  averagings.schema.parse({ type: "exponential", decay: .8 }),
);

for (const type of ["sgd", "adam", "adamW"]) {
  testOnEngines(
    `${type} with decay and a mean leaves every bit of frozen weights`,
    async (engine) => {
      const network = frozen(tinyNetwork(), {
        patterns: ["encoder*/**", "head/bias"],
      });
      const optimizer = optimizers.create(
        optimizers.schema.parse({ type, weightDecay: .1 }),
      );
      const { snapshot } = await trainTiny(engine, {
        steps: 4,
        network,
        optimizer,
        averaging: exponential,
      });
      const hashesOf = (state: Snapshot) =>
        new Map(
          hashSnapshot(state, network).map((h) => [h.layer, h.sha256]),
        );
      const first = firstSnapshot(
        network,
        { slotNames: [], keepsMean: true },
        openRng(1),
      );
      const [before, after] = [hashesOf(first), hashesOf(snapshot)];
      for (const [layer, hash] of after) {
        const isFrozen = /^(mean\/)?(encoder.*|head\/bias$)/.test(layer) &&
          !/\/(mean|variance)$/.test(layer); // statistics follow the batches
        const same = before.get(layer) === hash;
        ok(same === isFrozen, `${layer} ${same ? "stayed" : "changed"}`);
      }
      const bytes = encodeCheckpoint(snapshot, network);
      const { slotNames } = optimizer;
      const decoded = decodeCheckpoint(bytes, network, {
        slotNames,
        where: "x",
      });
      deepStrictEqual(decoded, snapshot);
    },
  );
}

testOnEngines(
  "weights that are frozen change nothing of the others' first step",
  async (engine) => {
    const whole = tinyNetwork(),
      part = frozen(whole, { patterns: ["decoder0"] });
    const hashes = await Promise.all([whole, part].map(async (network) => {
      const { snapshot } = await trainTiny(engine, { steps: 1, network });
      return new Map(
        hashSnapshot(snapshot, network).map((h) => [h.layer, h.sha256]),
      );
    }));
    for (const [layer, hash] of hashes[0]!) {
      if (layer.startsWith("decoder0/")) continue;
      deepStrictEqual(hashes[1]!.get(layer), hash, layer);
    }
  },
);

Deno.test("frozen() refuses to leave nothing to train", () => {
  throws(
    () => frozen(tinyNetwork(), { patterns: ["**"] }),
    /every weight is frozen/,
  );
});
