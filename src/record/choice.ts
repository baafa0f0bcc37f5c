import { ExperimentError, nearestName } from "@/core/mod.ts";
import type { MatrixRecord } from "./types.ts";

/** One value of one axis of a matrix. */
export interface Choice {
  /** The axis. */
  readonly axis: string;
  /** The value, as the matrix calls it. */
  readonly value: string;
}

/**
 * Reads `axis=value`; the plus of a value that adds may be left out.
 *
 * @param context Where the words stand, and what an example begins with.
 * @throws {ExperimentError} If the matrix has no such axis or value.
 */
export function readChoice(
  { axes, name }: Pick<MatrixRecord, "axes" | "name">,
  words: string,
  { where, example }: { readonly where: string; readonly example: string },
): Choice {
  const refuse = (reason: string, fix: string) =>
    new ExperimentError(`Cannot choose by "${words}": ${reason}`, {
      where,
      fix,
    });
  const [, axisName, valueName] = /^([^=]+)=(.*)$/s.exec(words) ?? [];
  if (axisName === undefined || valueName === undefined) {
    const [{ name, values }] = axes as [MatrixRecord["axes"][number]];
    throw refuse(
      "it is not an axis, an equals sign and a value",
      `Write it like ${example}${name}=${values[0]}`,
    );
  }
  const axis = axes.find(({ name }) => name === axisName.trim());
  if (!axis) {
    const names = axes.map(({ name }) => name);
    throw refuse(
      `${name} has no axis "${axisName}"`,
      `Write ${nearestName(axisName, names) ?? names.join(" or ")}`,
    );
  }
  const plain = (value: string) => value.replace(/^\+\s*/, "");
  const value = axis.values.find((value) => value === valueName.trim()) ??
    axis.values.find((value) => plain(value) === plain(valueName.trim()));
  if (value !== undefined) return { axis: axis.name, value };
  const near = nearestName(plain(valueName), axis.values.map(plain));
  throw refuse(
    `the axis "${axis.name}" has no "${valueName}"`,
    `Write ${near ?? axis.values.join(" or ")}`,
  );
}

/** `loss=dice,seed=1,best` in its parts; a comma may stand in a value. */
export function selectorsOf(text: string): readonly string[] {
  const parts: string[] = [];
  for (const part of text.split(",")) {
    const isSelector = /=|^\s*(best|last)\s*$/.test(part);
    if (isSelector || parts.length === 0) parts.push(part.trim());
    else parts.push(`${parts.pop()},${part}`);
  }
  return parts;
}
