import { deepStrictEqual } from "node:assert/strict";
import plugin from "../mutation_plugin.ts";
import type { Change } from "./changes.ts";

/** All that a text could become by a change. */
function changed(text: string): readonly string[] {
  return Deno.lint.runPlugin(plugin, "/a.ts", text).map(({ hint }) => {
    const { start, end, after } = JSON.parse(hint!) as Change;
    return text.slice(0, start) + after + text.slice(end);
  });
}

const texts: Readonly<Record<string, readonly string[]>> = {
  "a < b": ["a <= b", "a >= b"],
  "a >= b": ["a > b", "a < b"],
  "a !== b": ["a === b"],
  "(a) /* < */ < // <\n (b)": [
    "(a) /* < */ <= // <\n (b)",
    "(a) /* < */ >= // <\n (b)",
  ],
  'f("😀") && b': ['f("😀") || b'],
  "(a = b) ?? c": ["(a = b)", "(c)"],
  "!a": ["a"],
  "a + b * c": ["a - b * c", "a + b / c"],
  "a -= b": ["a += b"],
  "f(0, -2.5, true)": [
    "f(1, -2.5, true)",
    "f(0, -3.5, true)",
    "f(0, -2.5, false)",
  ],
  "a ? b : c": ["!(a) ? b : c"],
  "if (a in b) c(); else d();": ["if (!(a in b)) c(); else d();"],
  "while (!a) b();": ["while (a) b();"],
  "for (;;) { if (!a) { b(); continue; } }": [
    "for (;;) { ; }",
    "for (;;) { if (a) { b(); continue; } }",
  ],
  "function f() { if (!a) return; throw b; }": [
    "function f() { ; throw b; }",
    "function f() { if (a) return; throw b; }",
    "function f() { if (!a) return; ; }",
  ],
};

Deno.test("changes finds what a condition or a constant could be instead", () => {
  for (const [text, expected] of Object.entries(texts)) {
    deepStrictEqual(changed(text).toSorted(), expected.toSorted(), text);
  }
});

Deno.test("changes leaves types, names and texts alone", () => {
  for (
    const text of [
      "let a: 1 | true",
      '"a" + b + c',
      "a + `b`",
      '({ 1: "a" })',
      "a ||= b",
      "a | b",
    ]
  ) deepStrictEqual(changed(text), [], text);
});
