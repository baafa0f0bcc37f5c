import { throws } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { catalog, type Component } from "./component.ts";
import { number } from "./options.ts";

const sum: Component<number, { a: ReturnType<typeof number> }> = {
  name: "sum",
  summary: "Adds",
  options: { a: number(1, "what is added") },
  presets: { ten: { summary: "adds ten", options: { a: 10 } } },
  create: ({ a }) => a,
};
const other: Component<number> = { ...sum, name: "other", presets: {} };
const { presets: _, ...plain } = sum;
const parts = catalog("part", [sum, { ...plain, name: "plain" }], {
  b: number(2, "common"),
});
const parse = (entry: unknown) => JSON.stringify(parts.schema.parse(entry));

Deno.test("a catalog fills defaults and builds what an entry names", () => {
  assertEquals(parse({ type: "plain" }), '{"type":"plain","a":1,"b":2}');
  assertEquals(parts.create({ type: "plain", a: 5 }), 5);
});

Deno.test("a preset stands for its options, and those named win over it", () => {
  assertEquals(
    parse({ type: "sum", preset: "ten" }),
    '{"type":"sum","a":10,"b":2}',
  );
  assertEquals(
    parse({ type: "sum", preset: "ten", a: 3 }),
    '{"type":"sum","a":3,"b":2}',
  );
});

Deno.test("a preset that a component does not have is refused", () => {
  throws(() => parse({ type: "sum", preset: "nine" }), /"ten"/);
  throws(() => parse({ type: "plain", preset: "ten" }), /preset/);
});

Deno.test("a catalog refuses two components of one name", () => {
  throws(() => catalog("part", [other, other]), /occurs twice/);
});
