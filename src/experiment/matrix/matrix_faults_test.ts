import { deepStrictEqual } from "node:assert/strict";
import type { Axis } from "./axes.ts";
import { faultsOfOverrides, faultsOfSize } from "./matrix_faults.ts";

const place = { file: "a.yaml", at: { line: 2, column: 3 } };

/** An axis of so many values; each sets `train.<name>`. */
function axis(name: string, count: number): Axis {
  const node = { kind: "scalar", place, value: 1 } as const;
  const setting = { path: ["train", name], place, node };
  return {
    name,
    values: Array.from({ length: count }, (_, i) => ({
      name: `${i}`,
      settings: [setting],
    })),
  };
}

const said = (...axes: readonly Axis[]) =>
  faultsOfSize(axes, { place }).map(({ error }) => `${error}`);

Deno.test("faultsOfSize() allows a thousand variants, and names the longest axis", () => {
  deepStrictEqual(said(axis("a", 10), axis("b", 100)), []);
  deepStrictEqual(said(axis("a", 7), axis("b", 13), axis("c", 11)), [
    "Cannot expand the matrix: it has 1,001 variants (7 a × 13 b × 11 c), " +
    "the most are 1,000\n  at   a.yaml:2:3 matrix\n" +
    '  fix  Take values or axes away, or split it into several files; "b" is ' +
    "the longest axis",
  ]);
  const six = ["a", "b", "c", "d", "e", "f"].map((name) => axis(name, 4));
  deepStrictEqual(said(...six)[0]!.includes("4 f), the"), true);
  deepStrictEqual(
    said(...six, axis("g", 2))[0]!.includes("4 f × …), the"),
    true,
  );
});

Deno.test("faultsOfSize() counts as far as numbers go", () => {
  const many = Array.from({ length: 15 }, (_, i) => axis(`a${i}`, 10));
  deepStrictEqual(said(...many)[0]!.includes("over 10¹⁵ variants"), true);
  const less = said(...many.slice(1))[0]!;
  deepStrictEqual(less.includes("100,000,000,000,000 variants"), true);
});

Deno.test("faultsOfOverrides() refuses what an axis would undo, at or above its path", () => {
  const axes = [axis("batch", 2), axis("ahead", 2)];
  const faults = (override: string, shown = new Map<string, string>()) =>
    faultsOfOverrides(axes, { overrides: [override], shown })
      .map(({ error }) => error);
  const of = (override: string) =>
    faults(override).map(({ message }) => message);
  const cannot = (path: string, name: string) =>
    `Cannot set ${path}: the axis "${name}" of the matrix sets it`;
  deepStrictEqual(of("train.ahead=3"), [cannot("train.ahead", "ahead")]);
  deepStrictEqual(of("train.batch.x=3"), [cannot("train.batch.x", "batch")]);
  const where = (shown: readonly [string, string][]) =>
    faults("train.batch=3", new Map(shown)).map((error) => error.where);
  deepStrictEqual(where([]), ["--set train.batch=3"]);
  deepStrictEqual(where([["train.batch=3", "--batch 3"]]), ["--batch 3"]);
  for (const fine of ["train.workers=1", "train={}", "seed=3"]) {
    deepStrictEqual(of(fine), []);
  }
});
