import { deepStrictEqual, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import type { Run } from "@/record/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { Workplace } from "./_run.ts";

Deno.test("rerun in another process says that every bit is the same, or the first step and layer that differ", async () => {
  using place = new Workplace();
  const first = await place.run();
  const { code, out } = await place.start("rerun", first).ended;
  assertEquals(code, 0, out);
  const { metrics, weights, samples, best } = place.traceOf(first);
  ok(metrics.length > 50 && weights.length > 50 && best);
  assertEquals(samples.length, 24);
  match(
    out,
    new RegExp(
      `^identical: ${metrics.length} metrics, ${weights.length} weight hashes, 24 samples$`,
      "m",
    ),
  );
  deepStrictEqual(place.traceOf("last"), place.traceOf(first));
  const again = lastOf(place);
  assertEquals(again.rerunOf, first);
  assertEquals(again.verdict?.isIdentical, true);

  const doctor = (sql: string) => {
    using db = new DatabaseSync(join(place.results, "runs.sqlite"));
    assertEquals(Number(db.prepare(sql).run().changes), 1);
  };
  doctor(
    `UPDATE weight_hash SET sha256 = zeroblob(32) WHERE run = 1 AND step = 6
    AND layer = (SELECT id FROM layer WHERE name = 'encoder0/conv1/kernel')`,
  );
  const other = await place.cleft("rerun", first);
  deepStrictEqual([other.code, other.err], [1, ""]);
  match(
    other.out,
    /^different from step 6: weights of encoder0\/conv1\/kernel, /m,
  );
  const { state, verdict } = lastOf(place);
  assertEquals(state, "finished");
  deepStrictEqual(verdict!.firstDifference, {
    ...{ step: 6, what: "weights of encoder0/conv1/kernel" },
  });
});

Deno.test("runs with 0, 1, 2 and 4 workers, eager or compiled, are the same to the bit", async () => {
  using place = new Workplace();
  const id = await place.run();
  const expected = place.traceOf(id);
  const variants = [
    ...["1", "2", "4"].map((workers) => ["--workers", workers]),
    ["--eager"],
  ];
  for (const words of variants) {
    const other = await place.run("tiny.yaml", ...words);
    deepStrictEqual(place.traceOf(other), expected, words.join(" "));
  }
});

function lastOf(place: Workplace): Run {
  using records = place.records();
  return records.run("last");
}
