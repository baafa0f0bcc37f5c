/**
 * Compilers and devices behind the PJRT interface, as NVIDIA, AMD, Intel and
 * Google provide them: programs in StableHLO, buffers, runs. It knows nothing
 * of tensors or networks.
 *
 * @module
 */
export * from "./buffer.ts";
export * from "./client.ts";
export * from "./compile_options.ts";
export * from "./device.ts";
export * from "./element_type.ts";
export * from "./executable.ts";
export * from "./execution.ts";
export * from "./named_values.ts";
export * from "./pjrt_error.ts";
export { loadPlugin, type Plugin } from "./plugin.ts";
