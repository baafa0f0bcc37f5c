import { deepStrictEqual, match, ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { encode } from "fast-png";
import { openRecords } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { testFolder } from "@test/folder.ts";
import { readEvents } from "./_testing.ts";
import { LiveBoard } from "./live_board.ts";

/** The events of each file in a folder. */
function eventsIn(folder: string) {
  return [...Deno.readDirSync(folder)].map(({ name }) => {
    match(name, /^events\.out\.tfevents\.\d+\./);
    return readEvents(Deno.readFileSync(join(folder, name)));
  });
}

Deno.test("LiveBoard writes numbers as they come, and pictures at the step of their evaluation", () => {
  using folder = testFolder();
  using records = openRecords(folder.path("results"));
  using recorder = records.startRun(newRun());
  const json = new TextEncoder().encode('{"step":4}');
  const png = encode({
    width: 1,
    height: 1,
    channels: 1,
    data: Uint8Array.of(9),
  });
  const base = "evaluation/test/a";
  recorder.artifact(`${base}.json`, "application/json", json);
  recorder.artifact(`${base}/12/raw.png`, "image/png", png);
  recorder.artifact("other.png", "image/png", png);
  const seen = "sections/validation/b";
  recorder.artifact(`${seen}.json`, "application/json", json);
  recorder.artifact(`${seen}/3/raw.png`, "image/png", png);
  const { run } = recorder;
  const print = () => {};
  using board = new LiveBoard(folder.path("tb"), { run, afterStep: 2, print });
  const point = { split: "train", step: 3 } as const;
  board.metrics([
    { ...point, name: "loss", value: 0.5 },
    { ...point, name: "loss.bce", value: 0.25 },
    { ...point, step: 4, name: "loss", value: 0.125 },
  ]);
  const [sofar] = eventsIn(join(folder.path("tb"), run.id));
  deepStrictEqual(
    sofar!.map(({ step, values, isRestart }) => [step, isRestart, values]),
    [
      [0, undefined, []],
      [3, true, []],
      [3, undefined, [{ tag: "train/loss", value: 0.5 }, {
        tag: "train/loss.bce",
        value: 0.25,
      }]],
      [4, undefined, [{ tag: "train/loss", value: 0.125 }]],
    ],
  );
  board.pictures(records, 7);
  const [all] = eventsIn(join(folder.path("tb"), run.id));
  deepStrictEqual(
    all!.slice(4).map(({ step, values: [value] }) => [step, value!.tag]),
    [[4, `${base}/12/raw`], [7, "other"], [4, `${seen}/3/raw`]],
  );
});

Deno.test("LiveBoard begins again only where a run goes on, at the time of day", () => {
  using folder = testFolder();
  const stepsAfter = (afterStep: number) => {
    const run = { id: `after-${afterStep}` };
    using _ = new LiveBoard(folder.path("."), {
      ...{ run, afterStep, print() {} },
    });
    const [events] = eventsIn(join(folder.path("."), run.id));
    const now = Date.now() / 1000;
    ok(events!.every(({ wallS }) => wallS > now - 3600 && wallS <= now));
    return events!.map(({ step, isRestart = false }) => [step, isRestart]);
  };
  deepStrictEqual(stepsAfter(0), [[0, false]]);
  deepStrictEqual(stepsAfter(1), [[0, false], [2, true]]);
});

Deno.test("LiveBoard writes nothing once it is closed, and refuses a folder that is a file", () => {
  using folder = testFolder();
  const said: string[] = [];
  const place = {
    ...{ run: { id: "a" }, afterStep: 0 },
    print: (line: string) => said.push(line),
  };
  const board = new LiveBoard(folder.path("tb"), place);
  board[Symbol.dispose]();
  board.metrics([{ split: "train", name: "loss", step: 1, value: 1 }]);
  deepStrictEqual(said, []);
  Deno.writeTextFileSync(folder.path("file"), "");
  throws(
    () => new LiveBoard(folder.path("file"), place),
    /Cannot write for TensorBoard: a part of the path is a file/,
  );
});
