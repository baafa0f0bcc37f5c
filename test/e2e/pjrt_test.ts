import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { cpuPluginPath } from "@test/pjrt.ts";
import { compileQuickly } from "@test/quick_flags.ts";
import { tinyExperiment, Workplace } from "./_run.ts";

const isReady = cpuPluginPath() !== null;

/** An experiment on the processor's plugin, its programs compiled quickly. */
const experiment = tinyExperiment.replace(/engine: \w+/, "engine: pjrt");
compileQuickly();

Deno.test({
  name:
    "a run on the engine pjrt is repeated, and resumed after SIGKILL, from its programs to the bit",
  ignore: !isReady,
  fn: async () => {
    using place = new Workplace();
    place.write("device.yaml", experiment);
    const longer = ["--set", "train.volumeTotal=60"];
    const whole = await place.run("device.yaml", ...longer);
    match(await place.well("rerun", whole), /^identical: /m);
    deepStrictEqual(place.traceOf("last"), place.traceOf(whole));
    deepStrictEqual(originsOf(place), {
      compiled: 3, // step, forward pass and its loss, of the first run
      loaded: 3,
    });

    const running = place.start("run", "device.yaml", ...longer);
    await running.printed(/^step 6: validation|^step 6\/|^step 12\//m);
    running.kill("SIGKILL");
    await running.ended;
    match(await place.well("resume", "last"), /^Going on with /m);
    deepStrictEqual(place.traceOf("last"), place.traceOf(whole));
  },
});

Deno.test({
  name:
    "a run whose device is lost on its way fails, leaves nothing half-written, and is resumed to the bit",
  ignore: !isReady,
  fn: async () => {
    // The fifth of twelve steps; there is a checkpoint after the third.
    using place = new Workplace({ LOSE_AT: "5" });
    place.write("device.yaml", experiment);
    const whole = await place.run("device.yaml");

    const { code, err } = await place
      .startScript("test/lose_card.ts", "run", "device.yaml").ended;
    strictEqual(code, 1);
    match(
      err,
      /^Cannot (run train_step|read what was computed|upload values): the device failed \(INTERNAL: .*the card fell off the bus\)\n {2}at {3}cpu\n {2}fix {2}See whether .* \(nvidia-smi\); a run goes on by deno task resume\n$/,
    );
    {
      using records = place.records();
      const { state, reason, id } = records.run("last");
      strictEqual(state, "failed");
      match(reason!, /the card fell off the bus/);
      const steps = records.metrics(id, { split: "train", name: "loss" });
      ok([3, 4].includes(steps.length));
      const isWhole = records.artifacts(id)
        .every(({ name }) => records.artifact(id, name).length > 0);
      ok(isWhole);
    }
    deepStrictEqual(place.files().filter((path) => /\.tmp$/.test(path)), []);

    match(
      await place.well("resume", "last"),
      /^Going on with .* after step 3/m,
    );
    deepStrictEqual(place.traceOf("last"), place.traceOf(whole));
  },
});

Deno.test({
  name: "a saved program that is damaged is told of and compiled anew",
  ignore: !isReady,
  fn: async () => {
    using place = new Workplace();
    place.write("device.yaml", experiment);
    const whole = await place.run("device.yaml");
    damagePrograms(place);
    const out = await place.well("rerun", whole);
    match(out, /^Compiling anew: Cannot read the artifact: /m);
    match(out, /^(identical: |different from .+programs compiled anew)/m);
  },
});

/** How many programs runs compiled and loaded. */
function originsOf(place: Workplace): Record<string, number> {
  using records = place.records();
  const counts: Record<string, number> = {};
  for (const { id } of records.runs()) {
    const text = new TextDecoder().decode(records.artifact(id, "engine.json"));
    for (const { origin } of JSON.parse(text).programs) {
      counts[origin] = (counts[origin] ?? 0) + 1;
    }
  }
  return counts;
}

/** Changes a byte in the middle of every saved program. */
function damagePrograms(place: Workplace): void {
  const database = new DatabaseSync(join(place.results, "runs.sqlite"));
  const rows = database.prepare(
    "SELECT DISTINCT sha256 FROM artifact WHERE name LIKE 'program/%'",
  ).all() as { sha256: string }[];
  ok(rows.length > 0);
  for (const { sha256 } of rows) {
    const path = join(
      place.results,
      "objects",
      sha256.slice(0, 2),
      sha256.slice(2),
    );
    const row = database.prepare(
      "SELECT content FROM object WHERE sha256 = ?",
    ).get(sha256) as { content: Uint8Array } | undefined;
    const bytes = row?.content ?? Deno.readFileSync(path);
    bytes[bytes.length >> 1]! ^= 1;
    if (row) {
      database.prepare("UPDATE object SET content = ? WHERE sha256 = ?")
        .run(bytes, sha256);
    } else Deno.writeFileSync(path, bytes);
  }
  database.close();
}
