import { deepStrictEqual, match, throws } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import {
  restartEvent,
  scalarsEvent,
  versionEvent,
} from "../tensorboard/mod.ts";
import { eventsFolder } from "./_testing.ts";
import { tensorboard } from "./tensorboard.ts";

const losses = [[0, 1.5], [10, 0.75], [20, NaN], [30, -Infinity]];
const dices = [[10, 0.25], [20, 0.625]];

Deno.test("tensorboard reads what TensorBoard has written, as PyTorch and TensorFlow do", () => {
  const runs = tensorboard.runs(eventsFolder).toSorted((a, b) =>
    a.name < b.name ? -1 : 1
  );
  deepStrictEqual(runs.map(({ name, series }) => ({ name, series })), [
    {
      name: "keras",
      series: [
        { name: "epoch_loss", split: "train", points: losses },
        { name: "epoch_dice", split: "validation", points: dices },
      ],
    },
    {
      name: "torch",
      series: [
        { name: "Loss/train", points: losses },
        { name: "Dice/val", points: dices },
      ],
    },
  ]);
  for (const { beganMs, endedMs } of runs) {
    deepStrictEqual(beganMs, 1_700_000_000_000);
    deepStrictEqual(endedMs, 1_700_000_030_000);
  }
});

Deno.test("tensorboard tells a run by its files, wherever they lie", () => {
  const [all, torch] = [eventsFolder, join(eventsFolder, "torch")]
    .map((path) => tensorboard.runs(path));
  deepStrictEqual(torch!.length, 1);
  deepStrictEqual(torch![0], all!.find(({ name }) => name === "torch"));
  deepStrictEqual(new Set(all!.map(({ id }) => id)).size, 2);
});

/** An event file of some events. */
function write(folder: string, events: readonly Uint8Array[]): string {
  const path = join(folder, "events.out.tfevents.1.a");
  Deno.writeFileSync(path, Uint8Array.from(events.flatMap((e) => [...e])));
  return path;
}

const numbers = (step: number, value: number) =>
  scalarsEvent([{ tag: "loss", value }], { step, wallS: step });

/** The points of the one series in a folder. */
const pointsIn = (folder: string) =>
  tensorboard.runs(folder).flatMap(({ series }) =>
    series.flatMap(({ points }) => points)
  );

Deno.test("tensorboard takes runs for parts of one only where several splits lie side by side", () =>
  inTemporaryFolder((folder) => {
    for (const name of ["test", "test_1", "test_2", "a/train"]) {
      Deno.mkdirSync(join(folder, name), { recursive: true });
      write(join(folder, name), [versionEvent(1), numbers(1, 0.5)]);
    }
    deepStrictEqual(
      tensorboard.runs(folder).map(({ name, series: [one] }) => [
        name,
        one!.split,
      ]),
      ["a/train", "test", "test_1", "test_2"].map((name) => [name, undefined]),
    );
  }));

Deno.test("tensorboard drops what a restart voids, and a record that is cut", () =>
  inTemporaryFolder((folder) => {
    const events = [
      versionEvent(1),
      ...[numbers(1, 0.5), numbers(2, 0.25), numbers(3, 0)],
      restartEvent({ step: 2, wallS: 4 }),
      numbers(2, 4),
    ];
    const path = write(folder, events);
    deepStrictEqual(pointsIn(folder), [[1, 0.5], [2, 4]]);
    const size = Deno.statSync(path).size;
    for (const cut of [1, 15, 20]) {
      Deno.truncateSync(path, size - cut);
      deepStrictEqual(pointsIn(folder), [[1, 0.5]], `${cut} bytes`);
      const { state, reason } = tensorboard.runs(folder)[0]!;
      deepStrictEqual(state, "interrupted");
      match(reason!, /cut at the end/);
    }
  }));

Deno.test("tensorboard refuses any byte that is not what was written", () =>
  inTemporaryFolder((folder) => {
    const path = write(folder, [versionEvent(1), numbers(1, 0.5)]);
    const bytes = Deno.readFileSync(path);
    for (const at of bytes.keys()) {
      const changed = bytes.slice();
      changed[at]! ^= 0x10;
      Deno.writeFileSync(path, changed);
      throws(() => tensorboard.runs(folder), (error) => {
        match(`${error}`, /^Cannot read ".*": it is damaged.*\n.*record [12]/);
        return true;
      }, `byte ${at}`);
    }
  }));
