import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { encode } from "fast-png";
import { openRecords, type Run } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { testFolder } from "@test/folder.ts";
import type { RunContext } from "../run/context.ts";
import { readEvents } from "../tensorboard/_testing.ts";
import { tensorboard } from "./tensorboard.ts";

const startedAt = "2026-01-01T00:00:10.500Z";
const startS = Date.UTC(2026, 0, 1, 0, 0, 10) / 1000;
const hour = {
  startedAt,
  finishedAt: "2026-01-01T01:00:10.500Z",
} satisfies Partial<Run>;

/** The events written of a run with numbers at steps 4 and 1 and a picture. */
async function eventsOf(
  changes: Partial<Run>,
  { pictures = true, steps = [4, 1] } = {},
) {
  using folder = testFolder();
  using records = openRecords(folder.path("results"));
  using recorder = records.startRun(newRun());
  for (const step of steps) {
    recorder.metric({ split: "train", name: "loss", step, value: step / 2 });
    recorder.metric({ split: "test", name: "ap", step, value: NaN });
  }
  const data = Uint8Array.of(9);
  const png = encode({ width: 1, height: 1, channels: 1, data });
  recorder.artifact("a.png", "image/png", png);
  recorder.finish("finished");
  const { id } = recorder.run;
  const path = folder.path("out");
  const run = { ...records.run(id), ...changes };
  const format = tensorboard.create({ pictures });
  await format.write({ runs: [run], records, path }, {} as RunContext);
  const name = `events.out.tfevents.${startS}.cleft`;
  deepStrictEqual([...Deno.readDirSync(path)].map(({ name }) => name), [id]);
  deepStrictEqual(
    [...Deno.readDirSync(join(path, id))].map(({ name }) => name),
    [name],
  );
  return readEvents(Deno.readFileSync(join(path, id, name)))
    .map(({ step, wallS, version, values }) => [
      ...[step, wallS - startS],
      version ?? values.map(({ tag, value }) => [tag, value]),
    ]);
}

const version = [0, 0.5, "brain.Event:2"];

Deno.test("tensorboard has steps rising, times spread from begin to end, and pictures at the end", async () => {
  const numbers = [
    [1, 900.5, [["test/ap", NaN], ["train/loss", 0.5]]],
    [4, 3600.5, [["test/ap", NaN], ["train/loss", 2]]],
  ];
  deepStrictEqual(await eventsOf(hour), [
    version,
    ...numbers,
    [4, 3600.5, [["a", undefined]]],
  ]);
  deepStrictEqual(
    await eventsOf(hour, { pictures: false }),
    [version, ...numbers],
  );
});

Deno.test("tensorboard takes the beginning as the time of a run without an end or without steps", async () => {
  const picture = [["a", undefined]];
  const unfinished = await eventsOf({ startedAt, finishedAt: null });
  deepStrictEqual(unfinished.map(([, wallS]) => wallS), [0.5, 0.5, 0.5, 0.5]);
  deepStrictEqual(
    await eventsOf(hour, { steps: [] }),
    [version, [0, 0.5, picture]],
  );
  deepStrictEqual((await eventsOf(hour, { steps: [1] })).slice(1), [
    [1, 3600.5, [["test/ap", NaN], ["train/loss", 0.5]]],
    [1, 3600.5, picture],
  ]);
});
