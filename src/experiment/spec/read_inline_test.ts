import { deepStrictEqual, throws } from "node:assert/strict";
import * as z from "zod";
import { ExperimentFaults } from "@/core/mod.ts";
import { readEntry, readInline } from "./read_inline.ts";

const schema = z.strictObject({
  type: z.literal("size"),
  min: z.int().min(1).default(7),
});
const read = (text: string) => readInline(text, { schema, option: "--step" });

/** Each fault of a text, as message and place. */
function faultsOf(text: string): string[] {
  const found: string[] = [];
  throws(() => read(text), (error) => {
    if (!(error instanceof ExperimentFaults)) return false;
    found.push(
      ...error.faults.map(({ message, where }) => `${message} at ${where}`),
    );
    return true;
  });
  return found;
}

Deno.test("readInline() reads YAML and fills in defaults", () => {
  deepStrictEqual(read("{ type: size, min: 3 }"), { type: "size", min: 3 });
  deepStrictEqual(read("type: size"), { type: "size", min: 7 });
});

Deno.test("readEntry() takes a name, or an entry with options", () => {
  const entry = (text: string) => readEntry(text, { schema, option: "--step" });
  deepStrictEqual(entry("size"), { type: "size", min: 7 });
  deepStrictEqual(entry("{ type: size, min: 3 }"), { type: "size", min: 3 });
  throws(() => entry("sise"), /"sise"/);
});

Deno.test("readInline() tells every fault of what is no YAML, or not what is asked for", () => {
  for (const text of ["", "{ type: size", "{ type: size, type: size }"]) {
    deepStrictEqual(faultsOf(text).length, 1, text);
  }
  const two = faultsOf("{ type: size, min: 0, mix: 2 }");
  deepStrictEqual(two.length, 2);
  for (const fault of two) {
    deepStrictEqual(/^Cannot .*(0|mix).* at --step/.test(fault), true, fault);
  }
});
