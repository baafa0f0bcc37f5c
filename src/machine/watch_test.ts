import { deepStrictEqual } from "node:assert/strict";
import type { MachineNumber, MachineSource } from "./source.ts";
import { MachineWatch } from "./watch.ts";

/** A source of one number, that reads some values, then fails. */
function telling(
  kept: MachineNumber["kept"],
  values: readonly (number | null)[],
): MachineSource & { isClosed: boolean } {
  const left = [...values], name = `system.${kept}` as const;
  const source = {
    name: `source of ${kept}`,
    numbers: [{ name, kept, label: kept, unit: "", summary: "" }],
    isClosed: false,
    open: () => ({
      read() {
        if (left.length === 0) throw new Error("it is gone");
        const value = left.shift()!;
        return value === null ? {} : { [name]: value };
      },
      [Symbol.dispose]: () => void (source.isClosed = true),
    }),
  };
  return source;
}

const watched = { cards: 0, folder: "." };

Deno.test("MachineWatch joins readings over stretches, and over the run", () => {
  const kinds = ["mean", "highest", "peak", "total"] as const;
  const sources = kinds.map((kind) => telling(kind, [4, 2, 1, 3]));
  using watch = new MachineWatch(sources, watched);
  watch.read();
  watch.read();
  deepStrictEqual(watch.take(), {
    "system.mean": 3,
    "system.highest": 4,
    "system.peak": 4,
    "system.total": 6,
  });
  deepStrictEqual(watch.take(), {});
  watch.read();
  watch.read();
  deepStrictEqual(watch.take(), {
    "system.mean": 2,
    "system.highest": 3,
    "system.peak": 4,
    "system.total": 10,
  });
});

Deno.test("MachineWatch goes on from what a run came to before", () => {
  const kinds = ["mean", "highest", "peak", "total"] as const;
  const before = Object.fromEntries(
    kinds.map((kind) => [`system.${kind}`, 10]),
  );
  const sources = kinds.map((kind) => telling(kind, [4]));
  using watch = new MachineWatch(sources, watched, before);
  watch.read();
  deepStrictEqual(watch.take(), {
    "system.mean": 4,
    "system.highest": 4,
    "system.peak": 10,
    "system.total": 14,
  });
});

Deno.test("MachineWatch leaves out what cannot be read, and says why", () => {
  const shut: MachineSource = {
    ...telling("peak", []),
    name: "shut",
    open() {
      throw new Error("it is locked");
    },
  };
  const nothing = { ...telling("highest", [1]), open: () => null };
  const failing = telling("total", [1]), mute = telling("mean", [null, null]);
  using watch = new MachineWatch([shut, nothing, failing, mute], watched);
  watch.read();
  watch.read();
  deepStrictEqual(watch.take(), { "system.total": 1 });
  deepStrictEqual(watch.unread, [
    { what: "shut", why: "it is locked" },
    { what: "source of total", why: "it is gone" },
    { what: "mean", why: "it is not told" },
  ]);
  deepStrictEqual([failing.isClosed, mute.isClosed], [true, false]);
});
