import { deepStrictEqual } from "node:assert/strict";
import { checkerOf } from "./_testing.ts";

const folder = new URL("../../", import.meta.url).pathname.slice(0, -1);
const check = checkerOf("no-component-name", {
  folder,
  allowed: ["src/report/allowed.ts ap"],
});

Deno.test("noComponentName() refuses to ask for a component by name", () => {
  for (
    const text of [
      'entry.type === "dice"',
      'entry.type !== "dice"',
      'entry?.type == "dice"',
      'entry!.type === "dice"',
      'entry["type"] === "dice"',
      "entry.type === `dice`",
      '"dice" === type',
      'losses.find((l) => l.name === "dice")',
      '["bce", "no"].includes(entry.type)',
      '["no", "ap"].indexOf(name)',
      'switch (entry.type) { case "dice": }',
      'series.find(({ name }) => name === "ap")',
      'column.name === "threshold"',
    ]
  ) {
    deepStrictEqual(check("src/experiment/a.ts", text).length, 1, text);
    deepStrictEqual(check("src/loss/dice_test.ts", text), [], text);
    deepStrictEqual(check("test/e2e/_run.ts", text), [], text);
  }
});

Deno.test("noComponentName() allows all other names, and a component its own", () => {
  for (
    const text of [
      'schema.type === "array"',
      'device.type === "GPU"',
      'mode === "dice"',
      "entry.type === other.type",
      'losses.schema.parse({ type: "dice" })',
      'switch (mode) { case "dice": }',
    ]
  ) deepStrictEqual(check("src/experiment/a.ts", text), [], text);
  deepStrictEqual(check("src/loss/dice.ts", 'a.type === "dice"'), []);
  deepStrictEqual(check("src/report/allowed.ts", 'a.name === "ap"'), []);
});
