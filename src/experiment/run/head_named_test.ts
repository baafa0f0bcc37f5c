import { deepStrictEqual, throws } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import { headNamed } from "./head_named.ts";

const heads = [{ name: "polarity" }, { name: "direction" }];

Deno.test("headNamed() counts heads from that for clefts on, which has no name", () => {
  const names = [undefined, "polarity", "direction"];
  deepStrictEqual(names.map((name) => headNamed(heads, name)), [0, 1, 2]);
});

Deno.test("headNamed() says which heads there are", () => {
  const refusal = (some: typeof heads, name: string) => {
    let said: readonly string[] = [];
    throws(() => headNamed(some, name), (error) => {
      const { message, fix } = error as ExperimentError;
      said = [message, fix];
      return error instanceof ExperimentError;
    });
    return said;
  };
  const message = (name: string, why: string) =>
    `Cannot predict by the head "${name}": the run has ${why}`;
  deepStrictEqual(refusal(heads, "polarty"), [
    ...[message("polarty", "no such head"), "Write polarity"],
  ]);
  deepStrictEqual(refusal(heads, "x"), [
    ...[message("x", "no such head"), "Write polarity or direction"],
  ]);
  deepStrictEqual(refusal(heads.slice(1), "x")[1], "Write direction");
  deepStrictEqual(refusal([], "x"), [
    message("x", "none but that for clefts"),
    "Leave out --head, or name a run with heads",
  ]);
});
