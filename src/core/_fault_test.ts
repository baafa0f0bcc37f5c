import { deepStrictEqual, ok } from "node:assert/strict";
import { ExperimentError } from "./errors.ts";
import { errorOf, faultOf } from "./_fault.ts";

/** What arrives of what a thread threw. */
function after(thrown: unknown): Error {
  return errorOf(structuredClone(faultOf(thrown)), "predict a tile");
}

Deno.test("errorOf() puts an error for the user together as it was", () => {
  const thrown = new ExperimentError("Cannot read it", {
    where: "a.hdf",
    fix: "Mend it",
  });
  const error = after(thrown);
  ok(error instanceof ExperimentError);
  deepStrictEqual(
    [error.message, error.where, error.fix, error.stack],
    [thrown.message, "a.hdf", "Mend it", thrown.stack],
  );
});

Deno.test("errorOf() says of other errors what was to be done", () => {
  const thrown = new TypeError("x is no function"), error = after(thrown);
  deepStrictEqual(
    [error.message, error.stack],
    ["Cannot predict a tile: x is no function", thrown.stack],
  );
  deepStrictEqual(
    after("no memory").message,
    "Cannot predict a tile: no memory",
  );
});
