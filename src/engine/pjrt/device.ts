import type { Calls } from "./_call.ts";
import { ifSupported } from "./_if_supported.ts";
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

/** The memory of a device, in bytes. */
export interface DeviceMemory {
  /** What is in use. */
  readonly inUse: number;
  /** The most that was in use; null where unknown. */
  readonly peak: number | null;
  /** What can be used; null where unknown. */
  readonly limit: number | null;
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
  const attributes = ifSupported(() => {
    const found = calls.now("DeviceDescription_Attributes", { description });
    return decodeNamedValues(found.attributes, found.count);
  });
  return {
    index,
    kind: textAt(kind, bytes),
    attributes: attributes ?? {},
    address,
  };
}

/** Asks a plugin how much memory a device uses; null where it cannot tell. */
export function deviceMemory(
  calls: Calls,
  { address: device }: Device,
): DeviceMemory | null {
  return ifSupported(() => {
    const found = calls.now("Device_MemoryStats", { device });
    return {
      inUse: Number(found.inUse),
      peak: found.hasPeak === 0n ? null : Number(found.peak),
      limit: found.hasLimit === 0n ? null : Number(found.limit),
    };
  });
}
