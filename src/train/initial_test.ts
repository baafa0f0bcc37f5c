import { deepStrictEqual, throws } from "node:assert";
import { openRng } from "@/core/mod.ts";
import { tinyNetwork } from "./_testing.ts";
import { encodeCheckpoint, openCheckpoint } from "./checkpoint.ts";
import { weightsFrom } from "./initial.ts";
import { cutArray, firstSnapshot, weightsOf } from "./snapshot.ts";

const network = tinyNetwork(), wider = tinyNetwork({ filters: [2, 4] });
const first = firstSnapshot(network, { slotNames: ["mean"] }, openRng(3));
const mean = {
  weights: first.weights.map((w) => w + 1),
  buffers: first.buffers,
};
const open = (snapshot: typeof first) =>
  openCheckpoint(encodeCheckpoint(snapshot, network), "x");
const where = "run a, checkpoint/best";

Deno.test("weightsFrom() takes every weight and buffer, of the mean if there is one", () => {
  for (
    const [file, { weights }] of [
      [open(first), first],
      [open({ ...first, mean }), mean],
    ] as const
  ) {
    const { given, unused } = weightsFrom(file, network, { skip: [], where });
    deepStrictEqual(unused, []);
    const { trained } = weightsOf(network);
    deepStrictEqual(given.size, network.weights.length);
    cutArray(weights, trained).forEach((values, i) =>
      deepStrictEqual(given.get(trained[i]!.name), values.slice())
    );
  }
});

Deno.test("weightsFrom() lists what does not fit with its shapes, unless it is skipped", () => {
  throws(
    () => weightsFrom(open(first), wider, { skip: [], where }),
    (error: Error & { fix: string }) => {
      const lines = error.message.split("\n");
      deepStrictEqual(lines.slice(0, 3), [
        `Cannot begin with these weights: ${lines.length - 1} do not fit`,
        "  - encoder1/conv0/kernel is 3×3×3×2×3, should be 3×3×3×2×4",
        "  - encoder1/conv0/gamma is 3, should be 4",
      ]);
      return /init\.skip: \[encoder1\/conv0, /.test(error.fix);
    },
  );
  const skip = ["encoder1", "up0"];
  const { given, unused } = weightsFrom(open(first), wider, { skip, where });
  deepStrictEqual(
    network.weights.map(({ name }) => name)
      .filter((name) => !/^(encoder1|up0)\//.test(name)),
    [...given.keys()],
  );
  deepStrictEqual(unused, []);
});

Deno.test("weightsFrom() names what the network lacks and what the file lacks", () => {
  const plain = tinyNetwork({ norm: { type: "none" } });
  const { unused } = weightsFrom(open(first), plain, { skip: [], where });
  const lacked = network.weights.map(({ name }) => name)
    .filter((name) => /\/(gamma|mean|variance)$/.test(name));
  deepStrictEqual(unused.toSorted(), lacked.toSorted());
  const file = openCheckpoint(
    encodeCheckpoint(
      firstSnapshot(plain, { slotNames: [] }, openRng(1)),
      plain,
    ),
    "x",
  );
  throws(
    () => weightsFrom(file, network, { skip: [], where }),
    /encoder0\/conv0\/gamma is missing, should be 2/,
  );
  throws(
    () => weightsFrom(file, network, { skip: ["haed"], where }),
    /Cannot find a weight that matches "haed"/,
  );
});
