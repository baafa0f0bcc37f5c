import { ExperimentError, type Zyx } from "@/core/mod.ts";

/**
 * An option's value as three numbers above 0, z y x; whole ones where `unit` is
 * voxels.
 *
 * @throws {ExperimentError} If it is none.
 */
export function positiveTriple(
  text: string,
  { option, unit, example }: {
    readonly option: string;
    readonly unit: "nanometres" | "voxels";
    readonly example: string;
  },
): Zyx {
  const isGood = (value: number) =>
    value > 0 && value < Infinity &&
    (unit === "nanometres" || Number.isInteger(value));
  const numbers = text.split(",").map((part) => Number(part.trim() || NaN));
  const [z, y, x] = numbers;
  if (numbers.length === 3 && numbers.every(isGood)) return [z!, y!, x!];
  const kind = unit === "voxels" ? "whole numbers" : "numbers";
  throw new ExperimentError(
    `Cannot use "${text}" for --${option}: it should be three ${kind} above 0`,
    {
      where: `--${option} ${text}`,
      fix: `Write ${unit} in the order z, y, x, such as ${example}`,
    },
  );
}
