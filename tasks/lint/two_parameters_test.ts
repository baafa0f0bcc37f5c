import { deepStrictEqual } from "node:assert/strict";
import { checkerOf } from "./_testing.ts";

const check = checkerOf("two-parameters", {
  allowed: ["src/loss/a.ts known"],
});
const find = (text: string) => check("src/loss/a.ts", text).length;

Deno.test("twoParameters() counts what is known by its place", () => {
  for (
    const text of [
      "export function f(a: A, b: B, c: C) {}",
      "export async function* f(a: A, b: B, ...c: C[]) {}",
      "export function f(a: A, b: B, c = 1) {}",
      "export function f(a: A, b: B, c?: C): void; export function f() {}",
      "export function f([a]: A, [b]: B, [c]: C) {}",
      "export function f(a: A, { b }: B, c: C) {}",
      "export function f(a: A, b: B, c: C, { d }: D, rng: Rng) {}",
      "export const f = (a: A, b: B, c: C) => a;",
      "export const f = function (a: A, b: B, c: C) {};",
      "function f(a: A, b: B, c: C) {} export { f };",
      "function f(a: A, b: B, c: C) {} export { f as g };",
      "const f = (a: A, b: B, c: C) => a; export { f };",
    ]
  ) deepStrictEqual(find(text), 1, text);
});

Deno.test("twoParameters() allows options, and random numbers behind them", () => {
  for (
    const text of [
      "export function f(a: A, b: B) {}",
      "export function f(a: A, b: B, { c }: C) {}",
      "export function f(a: A, b: B, { c }: C = {}) {}",
      "export function f(a: A, b: B, options: ReadOptions = {}) {}",
      "export function f(a: A, b: B, rng: Rng) {}",
      "export function f(a: A, b: B, { c }: C, rng: Rng) {}",
      "function f(a: A, b: B, c: C) {}",
      "export function f() { return (a: A, b: B, c: C) => a; }",
      "export function known(a: A, b: B, c: C) {}",
      'export { f } from "./f.ts";',
    ]
  ) deepStrictEqual(find(text), 0, text);
});
