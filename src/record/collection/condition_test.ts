import { deepStrictEqual, match, throws } from "node:assert/strict";
import fc from "fast-check";
import { ExperimentError } from "@/core/mod.ts";
import { parseCondition } from "./condition.ts";

const has = (name: string, at: number) => ({ kind: "has", name, at });

Deno.test("parseCondition() binds not before and, and before or", () => {
  deepStrictEqual(parseCondition("a or not b and (c or d)"), {
    kind: "any",
    of: [has("a", 0), {
      kind: "all",
      of: [
        { kind: "not", of: has("b", 9) },
        { kind: "any", of: [has("c", 16), has("d", 21)] },
      ],
    }],
  });
});

Deno.test("parseCondition() reads comparisons with numbers, words and texts in quotes", () => {
  const compared = (text: string) => {
    const condition = parseCondition(text);
    return condition.kind === "compares"
      ? [condition.name, condition.operator, condition.value]
      : condition.kind;
  };
  deepStrictEqual(compared("ap>=.4"), ["ap", ">=", ".4"]);
  deepStrictEqual(compared("loss.terms[1].weight == 2"), [
    ...["loss.terms[1].weight", "=", "2"],
  ]);
  deepStrictEqual(compared("a != -1e-3"), ["a", "!=", "-1e-3"]);
  deepStrictEqual(compared("note ~ 'and \\'so\\' on'"), [
    ...["note", "~", "and 'so' on"],
  ]);
});

Deno.test("parseCondition() tells a fault at its character", () => {
  const cases: Readonly<Record<string, RegExp>> = {
    "": /empty\n.*character 1 of /,
    "a and": /breaks off\n.*character 6 of a and\n/,
    "a b": /"b" follows a whole condition\n.*character 3 of a b\n/,
    "(a": /not closed, or breaks off\n.*character 1 /,
    "a)": /never opened\n.*character 2 /,
    "a >": /a value is missing after "a >"\n.*character 4 /,
    "a = and b": /a value is missing after "a ="\n.*character 5 /,
    "or a": /a name should stand where "or" is\n.*character 1 /,
    '> "a': /has no end\n.*character 3 /,
    "a & !b": /"!" means nothing here\n.*character 5 /,
    [`${"(".repeat(101)}a`]: /too deep\n.*character 101 /,
  };
  for (const [text, says] of Object.entries(cases)) {
    throws(() => parseCondition(text), (error) => {
      match(`${error}`, says);
      return error instanceof ExperimentError;
    }, text);
  }
});

Deno.test("parseCondition() reads any text in quotes as it is, and refuses the rest by an ExperimentError", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    const quoted = `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
    const condition = parseCondition(`a = ${quoted}`);
    deepStrictEqual(condition.kind === "compares" && condition.value, text);
    try {
      parseCondition(text);
    } catch (error) {
      deepStrictEqual(error instanceof ExperimentError, true);
    }
  }));
});
