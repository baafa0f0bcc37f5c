import { raised } from "@/core/mod.ts";

/** Raises numbers from 0 to 1 to a power above 0, in place, within 1e-6. */
export function raiseToPower(values: Float32Array, power: number): void {
  if (power !== 1) raised(values, power, values);
}
