import { nearestName } from "@/core/mod.ts";
import { conditionFault } from "./_fault.ts";
import type { Condition, Operator } from "./condition.ts";
import type { RunSummary } from "./run_summary.ts";
import type { Named } from "./values.ts";

/** What decides of a run. */
export type Test = (run: RunSummary) => boolean;

/** What a condition is read with. */
export interface Reading {
  /** The condition's text, for faults. */
  readonly text: string;
  /** What a name means; its place is for faults. */
  find(name: string, where: string): Named;
  /** What a saved condition asks. */
  saved(name: string, where: string): Test;
}

/**
 * What decides whether a run is as a condition says.
 *
 * @throws {ExperimentError} For a name that nothing has, and a value that it
 * cannot be.
 */
export function testOf(condition: Condition, reading: Reading): Test {
  const place = (at: number) => `character ${at + 1} of ${reading.text}`;
  switch (condition.kind) {
    case "any": {
      const tests = condition.of.map((one) => testOf(one, reading));
      return (run) => tests.some((test) => test(run));
    }
    case "all": {
      const tests = condition.of.map((one) => testOf(one, reading));
      return (run) => tests.every((test) => test(run));
    }
    case "not": {
      const test = testOf(condition.of, reading);
      return (run) => !test(run);
    }
    case "saved":
      return reading.saved(condition.name, place(condition.at));
    case "has": {
      const { of } = reading.find(condition.name, place(condition.at));
      return (run) => of(run).some(isThere);
    }
    case "compares": {
      const named = reading.find(condition.name, place(condition.at));
      checkValue(condition, named, reading.text);
      const { operator, value } = condition;
      const equals = (found: unknown) => isEqual(found, value);
      if (operator === "!=") return (run) => !named.of(run).flat().some(equals);
      if (operator === "=") return (run) => named.of(run).flat().some(equals);
      return (run) =>
        named.of(run).flat().some((found) => relates(found, operator, value));
    }
  }
}

function isThere(value: unknown): boolean {
  return value !== null && value !== false && value !== "" &&
    !Number.isNaN(value) && !(Array.isArray(value) && value.length === 0);
}

/** A component stands for its type. */
function plainOf(value: unknown): unknown {
  return value !== null && typeof value === "object" && "type" in value
    ? value.type
    : value;
}

function isEqual(found: unknown, value: string): boolean {
  const plain = plainOf(found);
  return typeof plain === "number"
    ? value !== "" && Object.is(plain + 0, Number(value) + 0)
    : `${plain}` === value;
}

function relates(
  found: unknown,
  operator: Exclude<Operator, "=" | "!=">,
  value: string,
): boolean {
  const plain = plainOf(found);
  if (operator === "~") {
    return `${plain}`.toLowerCase().includes(value.toLowerCase());
  }
  if (typeof plain === "number") return orders[operator](plain, Number(value));
  return typeof plain === "string" && orders[operator](plain, value);
}

const orders = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
} as const satisfies Record<
  string,
  <T extends string | number>(a: T, b: T) => boolean
>;

/** Refuses what can never be: a word for a number, a state that there is not. */
function checkValue(
  { name, operator, value, at }: Extract<Condition, { kind: "compares" }>,
  { isNumber, words }: Named,
  text: string,
): void {
  const isNaN = Number.isNaN(Number(value)) && value !== "NaN";
  if (isNumber && operator !== "~" && (isNaN || value.trim() === "")) {
    throw conditionFault(`"${name}" is a number, "${value}" is none`, {
      text,
      at,
      fix: `Write a number, such as ${name} ${operator} 0.5`,
    });
  }
  if (!words || operator === "~" || words.includes(value)) return;
  const near = nearestName(value, words);
  throw conditionFault(`"${name}" is never "${value}"`, {
    text,
    at,
    fix: near ? `Did you mean "${near}"?` : `Write one of ${words.join(", ")}`,
  });
}
