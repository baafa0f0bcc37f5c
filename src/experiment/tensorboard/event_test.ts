import { deepStrictEqual, throws } from "node:assert/strict";
import { encode } from "fast-png";
import { readEvents } from "./_testing.ts";
import {
  pictureEvent,
  restartEvent,
  scalarsEvent,
  versionEvent,
} from "./event.ts";

const time = { step: 2 ** 40, wallS: 1_800_000_000.25 };

Deno.test("scalarsEvent() is read back: numbers of 32 bits, NaN, names of any letters", () => {
  const scalars = [
    { tag: "train/loss", value: 0.5 },
    { tag: "ü/\x00", value: NaN },
    { tag: "a".repeat(300), value: -Infinity },
  ];
  deepStrictEqual(readEvents(scalarsEvent(scalars, time)), [
    { ...time, values: scalars },
  ]);
});

Deno.test("versionEvent() and restartEvent() are what TensorBoard looks for", () => {
  deepStrictEqual(readEvents(versionEvent(7.5)), [
    { wallS: 7.5, step: 0, version: "brain.Event:2", values: [] },
  ]);
  deepStrictEqual(readEvents(restartEvent(time)), [
    { ...time, isRestart: true, values: [] },
  ]);
});

Deno.test("pictureEvent() has the picture's form, and refuses what is none", () => {
  const data = new Uint8Array(6);
  const grey = encode({ width: 3, height: 2, channels: 1, data });
  const image = { height: 2, width: 3, channels: 1, png: grey };
  deepStrictEqual(readEvents(pictureEvent({ tag: "a/b", png: grey }, time)), [
    { ...time, values: [{ tag: "a/b", image }] },
  ]);
  const forms = { 1: [0, 1], 2: [4, 2], 3: [2, 3], 4: [6, 4] } as const;
  for (const [colour, channels] of Object.values(forms)) {
    const png = grey.slice(0, 33).with(25, colour).with(26, 9);
    const [event] = readEvents(pictureEvent({ tag: "a", png }, time));
    deepStrictEqual(event!.values[0]!.image!.channels, channels);
  }
  const broken = [new Uint8Array(0), new Uint8Array(40), grey.slice(0, 32)];
  for (const png of [...broken, grey.with(25, 1), grey.with(12, 0)]) {
    throws(() => pictureEvent({ tag: "a", png }, time), /is no PNG/);
  }
});
