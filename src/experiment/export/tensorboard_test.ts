import { deepStrictEqual, match } from "node:assert/strict";
import { join } from "node:path";
import { readEvents } from "../tensorboard/_testing.ts";
import { exported } from "./_testing.ts";
import { tensorboard } from "./tensorboard.ts";

Deno.test("tensorboard has an event file for each run, steps rising, times from begin to end", () =>
  exported(tensorboard.create({ pictures: true }), (folder, ids) => {
    deepStrictEqual(
      [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted(),
      ids.toSorted(),
    );
    const [{ name }] = [...Deno.readDirSync(join(folder, ids[1]!))] as [
      Deno.DirEntry,
    ];
    match(name, /^events\.out\.tfevents\.\d+\.cleft$/);
    const [first, ...events] = readEvents(
      Deno.readFileSync(join(folder, ids[1]!, name)),
    );
    deepStrictEqual(first!.version, "brain.Event:2");
    deepStrictEqual(events.map(({ step, values }) => [step, values]), [
      [1, [{ tag: "train/loss", value: Infinity }, {
        tag: "validation/ap",
        value: 0.25,
      }]],
      [2, [{ tag: "validation/ap", value: 0.5 }]],
    ]);
    deepStrictEqual(events[0]!.wallS >= first!.wallS, true);
    deepStrictEqual(events[1]!.wallS >= events[0]!.wallS, true);
  }));
