/** A function of the interface: its place among the pointers, and what it takes. */
interface FunctionShape {
  /** Its place among the pointers of `PJRT_Api`, after the version. */
  readonly at: number;
  /** The fields of its struct, after the size and the extensions. */
  readonly fields: readonly string[];
  /** The bytes of the last field, if they are not 8: 4 of a number, 1 of a flag. */
  readonly lastBytes?: 1 | 4;
}

/**
 * The functions of `pjrt_c_api.h` that we call, without the `PJRT_` of their
 * names. Each takes one struct, whose fields are 8 bytes apart: pointers,
 * sizes and 64-bit numbers, shorter ones only before a gap. Since version 0.54
 * the structs grew at their ends alone.
 */
export const apiFunctions = {
  Error_Destroy: { at: 0, fields: ["error"] },
  Error_Message: { at: 1, fields: ["error", "message", "bytes"] },
  Error_GetCode: { at: 2, fields: ["error", "code"], lastBytes: 4 },
  Plugin_Initialize: { at: 3, fields: [] },
  Plugin_Attributes: { at: 4, fields: ["attributes", "count"] },
  Event_Destroy: { at: 5, fields: ["event"] },
  Event_IsReady: { at: 6, fields: ["event", "isReady"], lastBytes: 1 },
  Event_Error: { at: 7, fields: ["event"] },
  Event_Await: { at: 8, fields: ["event"] },
  Client_Create: {
    at: 10,
    fields: [
      "options",
      "optionCount",
      "getCallback",
      "getArgument",
      "putCallback",
      "putArgument",
      "client",
      "tryGetCallback",
      "tryGetArgument",
    ],
  },
  Client_Destroy: { at: 11, fields: ["client"] },
  Client_PlatformName: { at: 12, fields: ["client", "name", "bytes"] },
  Client_PlatformVersion: { at: 14, fields: ["client", "version", "bytes"] },
  Client_AddressableDevices: { at: 16, fields: ["client", "devices", "count"] },
  Client_Compile: {
    at: 20,
    fields: ["client", "program", "options", "optionBytes", "executable"],
  },
  Client_BufferFromHostBuffer: {
    at: 22,
    fields: [
      "client",
      "data",
      "type",
      "dims",
      "rank",
      "strides",
      "strideCount",
      "semantics",
      "device",
      "memory",
      "layout",
      "done",
      "buffer",
    ],
  },
  DeviceDescription_Attributes: {
    at: 25,
    fields: ["description", "count", "attributes"],
  },
  DeviceDescription_Kind: { at: 26, fields: ["description", "kind", "bytes"] },
  Device_GetDescription: { at: 29, fields: ["device", "description"] },
  Device_MemoryStats: {
    at: 34,
    fields: [
      "device",
      "inUse",
      "peak",
      "hasPeak",
      "allocations",
      "hasAllocations",
      "largest",
      "hasLargest",
      "limit",
      "hasLimit",
      "reserved",
      "hasReserved",
      "peakReserved",
      "hasPeakReserved",
      "reservable",
      "hasReservable",
      "largestFree",
      "hasLargestFree",
      "pool",
      "hasPool",
      "peakPool",
      "hasPeakPool",
    ],
    lastBytes: 1,
  },
  Executable_Destroy: { at: 40, fields: ["executable"] },
  Executable_NumOutputs: { at: 44, fields: ["executable", "count"] },
  Executable_OptimizedProgram: { at: 48, fields: ["executable", "program"] },
  Executable_Serialize: {
    at: 49,
    fields: ["executable", "data", "bytes", "owner", "deleter"],
  },
  LoadedExecutable_Destroy: { at: 50, fields: ["loaded"] },
  LoadedExecutable_GetExecutable: { at: 51, fields: ["loaded", "executable"] },
  LoadedExecutable_AddressableDevices: {
    at: 52,
    fields: ["loaded", "devices", "count"],
  },
  LoadedExecutable_Execute: {
    at: 55,
    fields: [
      "loaded",
      "options",
      "inputs",
      "deviceCount",
      "inputCount",
      "outputs",
      "events",
      "device",
    ],
  },
  Executable_DeserializeAndLoad: {
    at: 56,
    fields: ["client", "data", "bytes", "loaded", "options", "optionBytes"],
  },
  Buffer_Destroy: { at: 58, fields: ["buffer"] },
  Buffer_CopyToDevice: { at: 69, fields: ["buffer", "device", "copy"] },
  Buffer_ToHostBuffer: {
    at: 70,
    fields: ["buffer", "layout", "data", "bytes", "event"],
  },
  Buffer_ReadyEvent: { at: 72, fields: ["buffer", "event"] },
  Executable_OutputElementTypes: {
    at: 90,
    fields: ["executable", "types", "count"],
  },
  Executable_OutputDimensions: {
    at: 91,
    fields: ["executable", "count", "dims", "ranks"],
  },
  Executable_Fingerprint: {
    at: 94,
    fields: ["executable", "fingerprint", "bytes"],
  },
  Executable_GetCompiledMemoryStats: {
    at: 96,
    fields: [
      "executable",
      "code",
      "arguments",
      "outputs",
      "aliases",
      "temporaries",
      "hostCode",
      "hostArguments",
      "hostOutputs",
      "hostAliases",
      "hostTemporaries",
      "peak",
      "total",
    ],
  },
} as const satisfies Record<string, FunctionShape>;

/** The name of a function that we call. */
export type FunctionName = keyof typeof apiFunctions;

/** A field of the struct that a function takes. */
export type FieldOf<N extends FunctionName> =
  (typeof apiFunctions)[N]["fields"][number];

/** The bytes before the pointers: size, extensions and version of the interface. */
export const POINTERS_AT = 40;

/** The bytes of `PJRT_Api` up to the last function that we call. */
export const NEEDED_BYTES = POINTERS_AT +
  8 * (1 + Math.max(...Object.values(apiFunctions).map(({ at }) => at)));
