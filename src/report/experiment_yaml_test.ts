import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { experimentText } from "./client/experiment_files.js";
import { experimentYaml, sharedLines } from "./experiment_yaml.ts";

Deno.test("experimentYaml() is the experiment of a plan, if it tells one", () => {
  const spec = { name: "a: #b", loss: { terms: [{ type: "bce" }] }, notes: "" };
  const yaml = experimentYaml(JSON.stringify({ spec, parameters: 3 }))!;
  assert.deepEqual(parse(yaml), spec);
  assert.equal(experimentYaml(JSON.stringify({ name: "a" })), null);
  assert.equal(experimentYaml("no JSON"), null);
  const importedFrom = { program: "MLflow" };
  assert.equal(experimentYaml(JSON.stringify({ spec, importedFrom })), null);
});

Deno.test("sharedLines() gives every text again, and keeps what they share once", () => {
  const text = fc.array(fc.constantFrom("a: 1", "b:", "  - c", ""))
    .map((lines) => lines.join("\n"));
  fc.assert(fc.property(fc.array(text), (texts) => {
    const shared = sharedLines(texts);
    assert.deepEqual(
      texts.map((_, i) => experimentText(shared, i)),
      texts,
    );
  }));
  assert.deepEqual(sharedLines(["a\na\nb", "a\na\nc\nb", "a\na\nb"]), {
    lines: ["a", "a", "b", "c"],
    texts: [[[0, 2]], [[0, 1], [3, 3], [2, 2]], [[0, 2]]],
  });
});
