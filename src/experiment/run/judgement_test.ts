import { deepStrictEqual, throws } from "node:assert/strict";
import { ExperimentError, ExperimentFaults } from "@/core/mod.ts";
import { accepted, together } from "./judgement.ts";

const finding = (text: string) => ({ level: "note", text } as const);
const fault = (message: string) =>
  new ExperimentError(message, { where: "here", fix: "Mend it" });

Deno.test("accepted() gives what was found where nothing speaks against a run, else all that does", () => {
  const findings = [finding("a"), finding("b")];
  deepStrictEqual(accepted({ findings, faults: [] }), findings);
  for (const faults of [[fault("one")], [fault("one"), fault("two")]]) {
    throws(() => accepted({ findings, faults }), (error) => {
      deepStrictEqual((error as ExperimentFaults).faults, faults);
      return error instanceof ExperimentFaults;
    });
  }
});

Deno.test("together() keeps the findings and faults of all judgements, in order", () => {
  const one = { findings: [finding("a")], faults: [fault("x")] };
  const other = { findings: [finding("b")], faults: [fault("y")] };
  deepStrictEqual(together([one, other]), {
    findings: [...one.findings, ...other.findings],
    faults: [...one.faults, ...other.faults],
  });
});
