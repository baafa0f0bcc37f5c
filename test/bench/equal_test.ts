import { deepStrictEqual, ok } from "node:assert";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { layOut, nets } from "@/model/mod.ts";
import { drawEqual, equalSnapshot } from "./equal.ts";

Deno.test("drawEqual() draws evenly between 0 and 1, for each name anew", () => {
  const a = drawEqual("a", 1e5), b = drawEqual("b", 1e5);
  const mean = (values: Float32Array) =>
    values.reduce((sum, v) => sum + v, 0) / values.length;
  assertAlmostEquals(mean(a), 0.5, 0.004); // 4 standard errors
  assertAlmostEquals(mean(a.map((v, i) => v * b[i]!)), 0.25, 0.003);
  ok(a.every((v) => v >= 0 && v < 1));
});

Deno.test("drawEqual() gives the numbers of peer_equal.py", () => {
  deepStrictEqual(
    [...drawEqual("head/kernel", 5)],
    [
      0.5884555578231812,
      0.5833919644355774,
      0.9580751061439514,
      0.4982733130455017,
      0.9815873503684998,
    ],
  );
});

Deno.test("equalSnapshot() draws kernels with He's variance", () => {
  const entry = { type: "resUnet", filters: [64, 64], anisotropicLevels: 1 };
  const net = nets.create(nets.schema.parse(entry))({ heads: 1, levels: 0 });
  const network = layOut(net);
  const { weights } = equalSnapshot(network, []);
  const first = network.weights[0]!; // [1, 3, 3, 1, 64]
  assertEquals(first.name, "encoder0/conv0/kernel");
  const kernel = weights.subarray(0, 9 * 64);
  const variance = kernel.reduce((sum, v) => sum + v * v, 0) / kernel.length;
  assertAlmostEquals(variance, 2 / (9 * 64), 0.0005);
});
