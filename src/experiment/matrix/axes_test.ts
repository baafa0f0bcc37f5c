import { deepStrictEqual } from "node:assert/strict";
import type { MapNode } from "../spec/node.ts";
import { readYaml } from "../spec/read_yaml.ts";
import { readAxes } from "./axes.ts";

function read(text: string) {
  return readAxes(readYaml(text, { file: "a.yaml" }).root as MapNode);
}

/** What is said about names, without where. */
function said(text: string): readonly string[] {
  return read(text).faults.map(({ error: { message, fix } }) =>
    `${message} | ${fix}`
  );
}

Deno.test("readAxes() calls listed values as they are written, entries of a type alone by it", () => {
  const { axes, faults } = read(
    'optimizer: ["a: b", null, 2, { type: sgd }, { type: sgd, momentum: 1 }]',
  );
  deepStrictEqual(faults, []);
  deepStrictEqual(axes[0]!.values.map(({ name }) => name), [
    ...["a: b", "null", "2", "sgd", "{ type: sgd, momentum: 1 }"],
  ]);
});

Deno.test("readAxes() refuses names that no command line could tell", () => {
  const longest = "x".repeat(60);
  deepStrictEqual(said(`${longest}: { a: {}, ${longest}: {}, "b=c": {} }`), []);
  const axis = "Write a short name, such as loss";
  const value = "Write the axis as sets of values with short names";
  const empty = "it is empty, or has spaces or line ends around it";
  deepStrictEqual(said(`a${longest}: { " b": {} }`), [
    `Cannot use "a${
      longest.slice(1)
    }" as the name of an axis: it has more than 60 letters | ${axis}`,
    `Cannot use " b" as the name of a value: ${empty} | ${value}`,
  ]);
  deepStrictEqual(said('optimizer: ["", "a\\tb"]'), [
    `Cannot use "" as the name of a value: ${empty} | ${value}`,
    `Cannot use "a\\tb" as the name of a value: ${empty} | ${value}`,
  ]);
  deepStrictEqual(said('"a=b": { c: {} }'), [
    `Cannot use "a=b" as the name of an axis: it has an equals sign | ${axis}`,
  ]);
});
