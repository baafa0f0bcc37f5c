import { deepStrictEqual, match } from "node:assert/strict";
import { checkerOf } from "./_testing.ts";

const folder = new URL("../../", import.meta.url).pathname.slice(0, -1);
const check = checkerOf("test-name", { folder });
const find = (text: string) => check("src/loss/none_test.ts", text);

Deno.test("testName() wants a sentence that begins with what it tests", () => {
  for (
    const [name, says] of [
      ["it ignores voxels", /begin with what it tests/],
      ["should ignore voxels", /begin with what it tests/],
      ["works for all voxels", /begin with what it tests/],
      ["does not see voxels", /begin with what it tests/],
      ["dice()", /no sentence/],
      ["dice() ignores voxels.", /full stop/],
    ] as const
  ) {
    for (
      const text of [
        `dice(); Deno.test("${name}", () => {});`,
        `dice(); Deno.test.only("${name}", () => {});`,
        `dice(); Deno.test(\`${name}\`, () => {});`,
        `dice(); Deno.test({ name: "${name}", fn() {} });`,
        `dice(); testOnEngines("${name}", () => {});`,
      ]
    ) {
      const found = find(text);
      deepStrictEqual(found.length, 1, text);
      match(found[0]!, says);
    }
  }
});

Deno.test("testName() wants code in a name to be code of the file", () => {
  const text = 'dice(); Deno.test("iou() ignores voxels", () => {});';
  deepStrictEqual(find(text), [
    'Cannot name a test "iou() ignores voxels" as neither the file nor the one ' +
    'beside it has "iou"',
  ]);
  deepStrictEqual(check("src/loss/iou_test.ts", text), []);
  for (const name of ["Records.run()", "openIt", "Store", "a.b"]) {
    const found = find(`Deno.test("${name} does it", () => {});`);
    deepStrictEqual(found.length, 1, name);
  }
});

Deno.test("testName() takes names of the house", () => {
  for (
    const name of [
      '"dice() ignores voxels"',
      '"Records.dice() ignores voxels"',
      '"a preset stands for its options"',
      '"predict writes what was measured"',
      "`${name}() repeats itself`",
      "`dice() gives scipy's value: ${name}`",
      '"dice() takes " + what',
      'isReady ? "x" : "y"',
      "name",
    ]
  ) {
    deepStrictEqual(find(`dice(); Deno.test(${name}, () => {});`), [], name);
  }
  deepStrictEqual(check("src/loss/dice.ts", 'Deno.test("x", f);'), []);
});
