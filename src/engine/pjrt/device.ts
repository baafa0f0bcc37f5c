import type { Calls } from "./_call.ts";
import { textAt } from "./_memory.ts";
import { decodeNamedValues, type NamedValues } from "./named_values.ts";

/** A device that programs run on. */
export interface Device {
  /** Its number among the client's devices. */
  readonly index: number;
  /** What it is, such as "NVIDIA H200". */
  readonly kind: string;
  /** What the plugin says of it, such as `compute_capability`. */
  readonly attributes: NamedValues;
  /** Its address in the plugin; for this folder alone. */
  readonly address: bigint;
}

/** Asks a plugin about a device of a client. */
export function describeDevice(
  calls: Calls,
  { index, address }: Pick<Device, "index" | "address">,
): Device {
  const { description } = calls.now("Device_GetDescription", {
    device: address,
  });
  const { kind, bytes } = calls.now("DeviceDescription_Kind", { description });
  const found = calls.now("DeviceDescription_Attributes", { description });
  return {
    index,
    kind: textAt(kind, bytes),
    attributes: decodeNamedValues(found.attributes, found.count),
    address,
  };
}
