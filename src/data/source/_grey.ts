import { ExperimentError } from "@/core/mod.ts";
import type { Numbers, VoxelArray } from "../voxels/mod.ts";

/** Turns stored grey values into 0 to 1. */
export type GreyReader = (numbers: Numbers) => Float32Array;

/**
 * How the grey values of a dataset become 0 to 1: bool as 0 and 1, u8 / 255, u16
 * / 65535, floats as they are, checked.
 *
 * @throws {ExperimentError} If they are stored as something else.
 */
export function greyReader(
  { name, kind }: VoxelArray,
  where: string,
): GreyReader {
  if (kind === "bool") return (numbers) => scaled(numbers as Uint8Array, 1);
  if (kind === "u8") return (numbers) => scaled(numbers as Uint8Array, 255);
  if (kind === "u16") return (numbers) => scaled(numbers as Uint16Array, 65535);
  if (kind.startsWith("f")) {
    return (numbers) => checked(Float32Array.from(numbers as Float32Array));
  }
  throw new ExperimentError(
    `Cannot read grey values from "${name}": they are ${kind}, ` +
      "they should be bool, u8, u16, f16, f32 or f64",
    { where, fix: "Convert them to u8" },
  );

  function checked(grey: Float32Array): Float32Array {
    const bad = grey.find((value) => !(value >= 0 && value <= 1));
    if (bad === undefined) return grey;
    throw new ExperimentError(
      `Cannot read grey values from "${name}": one is ${bad}, ` +
        "they should be from 0 to 1",
      { where, fix: "Scale them to 0 to 1, or convert them to u8" },
    );
  }
}

function scaled(numbers: Uint8Array | Uint16Array, white: number) {
  const grey = new Float32Array(numbers.length);
  for (let i = 0; i < grey.length; i++) grey[i] = numbers[i]! / white;
  return grey;
}
