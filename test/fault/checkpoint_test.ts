import { deepStrictEqual, match } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { Workplace } from "@test/e2e/_run.ts";
import { writeVolume } from "@test/e2e/_volume.ts";
import { assertEquals } from "@test/helpers.ts";

Deno.test("resume says which checkpoint is damaged, and goes on from another to the same bits", async () => {
  using place = new Workplace();
  const id = await place.run(
    "tiny.yaml",
    ...["--set", "model.filters=[2, 24]"], // a checkpoint is a file of its own
    ...["--set", "optimizer.learningRate=0.03"], // the best is not the last
    ...["--set", "train.validateEvery=6"],
  );
  const whole = place.traceOf(id);
  interrupt(place);
  const last = objectOf(place, "checkpoint/last");
  const sound = Deno.readFileSync(last);
  const flipped = sound.slice();
  flipped[sound.length >> 1]! ^= 1;

  const damages: [() => void, RegExp][] = [
    [() => Deno.writeFileSync(last, flipped), /its content is not what was/],
    [
      () => Deno.truncateSync(last, sound.length / 2),
      /its content is not what/,
    ],
    [() => Deno.removeSync(last), /its file is gone/],
  ];
  for (const [damage, says] of damages) {
    damage();
    const { code, err } = await place.cleft("resume", "last");
    assertEquals(code, 2);
    match(err, says);
    match(
      err,
      /^Cannot read the artifact: .+\n {2}at .+checkpoint\/last.+\n {2}fix .+deno task resume tiny-\S+ --from best\n$/,
    );
    assertEquals(stateOf(place), "interrupted");
  }
  match(
    await place.well("resume", "last", "--from", "best"),
    /^Going on with \S+ after step [369]$/m,
  );
  deepStrictEqual(place.traceOf(id), whole);

  interrupt(place);
  Deno.writeFileSync(objectOf(place, "checkpoint/best"), flipped);
  const best = await place.cleft("resume", "last", "--from", "best");
  assertEquals(best.code, 2);
  match(best.err, /^Cannot read the artifact: .+\n.+checkpoint\/best/);
  match(
    await place.well("resume", "last", "--from", "start"),
    /^Going on with \S+ after step 0$/m,
  );
  deepStrictEqual(place.traceOf(id), whole);
});

Deno.test("rerun and resume refuse data that have changed, by their hash", async () => {
  using place = new Workplace();
  const path = join(place.folder, "x.hdf");
  await writeVolume(path);
  const file = "data.train[0].source={ type: cremi, file: x.hdf }";
  const id = await place.run("tiny.yaml", "--set", file);
  interrupt(place);
  using records = place.records();
  const { sha256 } = records.run(id).inputs[0]!;
  const bytes = Deno.readFileSync(path);
  await writeVolume(path, { seed: 4 });
  for (const command of ["rerun", "resume"]) {
    const { code, err } = await place.cleft(command, id);
    assertEquals(code, 2);
    assertEquals(
      err,
      `Cannot repeat run ${id}: the data of train[0] has changed\n` +
        `  at   ${path}\n  fix  Put the file with SHA-256 ${sha256} back\n`,
    );
    assertEquals(stateOf(place), "interrupted");
  }
  Deno.writeFileSync(path, bytes);
  match(
    await place.well("rerun", id),
    /^identical: \d+ metrics, \d+ weight hashes, \d+ samples, all that the unfinished run/m,
  );
});

/** Makes the last run, which has finished, one that was interrupted. */
function interrupt(place: Workplace): void {
  using db = new DatabaseSync(join(place.results, "runs.sqlite"));
  db.exec("UPDATE run SET state = 'interrupted', finished_at = NULL");
}

/** The file that holds an artifact of the last run. */
function objectOf(place: Workplace, name: string): string {
  using records = place.records();
  const { sha256 } = records.artifacts("last").find((a) => a.name === name)!;
  return join(place.results, "objects", sha256.slice(0, 2), sha256.slice(2));
}

function stateOf(place: Workplace): string {
  using records = place.records();
  return records.run("last").state;
}
