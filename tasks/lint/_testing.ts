import { Exceptions } from "./exceptions.ts";
import { housePlugin } from "./house_plugin.ts";

/** Rules at work on files that need not exist. */
export interface Checker {
  /** What a rule says of a text that is said to be a file of the project. */
  (path: string, text: string): readonly string[];
}

/** Checks by one rule, in a project in a folder. */
export function checkerOf(
  rule: string,
  { folder = "/home/a/cleft", allowed = [] }: {
    readonly folder?: string;
    readonly allowed?: readonly string[];
  } = {},
): Checker {
  const id = `house/${rule}`;
  const exceptions = new Exceptions({ [id]: allowed });
  const { name, rules } = housePlugin({ folder, exceptions });
  const plugin = { name, rules: { [rule]: rules[rule]! } };
  return (path, text) =>
    Deno.lint.runPlugin(plugin, `${folder}/${path}`, text)
      .map(({ message }) => message);
}
