/**
 * Compilers and devices behind the PJRT interface, as NVIDIA, AMD, Intel and
 * Google provide them: programs in StableHLO, buffers, runs. It knows nothing
 * of tensors or networks.
 *
 * @module
 */
export { type ExecutableMemory, type OutputSpec } from "./_inspect.ts";
export { type InterfaceVersion } from "./_version.ts";
export { type BufferSpec, DeviceBuffer } from "./buffer.ts";
export { Client, type LiveObjects } from "./client.ts";
export { type CompileOptions } from "./compile_options.ts";
export { type Device, type DeviceMemory } from "./device.ts";
export { byteSize, type ElementType, elementTypes } from "./element_type.ts";
export { Executable, type ExecuteOptions } from "./executable.ts";
export { Execution } from "./execution.ts";
export { type NamedValue, type NamedValues } from "./named_values.ts";
export { type ErrorCode, errorCodes, PjrtError } from "./pjrt_error.ts";
export { loadPlugin, type Plugin } from "./plugin.ts";
