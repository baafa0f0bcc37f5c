/**
 * What every other module builds on: components, streams of random numbers,
 * volumes and errors.
 *
 * @module
 */
export * from "./cache_entry.ts";
export * from "./component.ts";
export * from "./download/mod.ts";
export * from "./errors.ts";
export * from "./files.ts";
export * from "./form.ts";
export * from "./found_once.ts";
export * from "./grey_png.ts";
export * from "./hash_file.ts";
export * from "./hash_files.ts";
export * from "./keeping_last.ts";
export * from "./let_in.ts";
export * from "./kernel_file.ts";
export * from "./loopback.ts";
export * from "./memory.ts";
export * from "./moved_partners.ts";
export * from "./numeric/mod.ts";
export * from "./options.ts";
export * from "./output.ts";
export * from "./program.ts";
export * from "./quantity.ts";
export * from "./ranking.ts";
export * from "./rng.ts";
export * from "./scratch_folder.ts";
export * from "./simd/mod.ts";
export * from "./stamp.ts";
export * from "./system_error.ts";
export * from "./text.ts";
export * from "./threads.ts";
export * from "./trace.ts";
export * from "./version.ts";
export * from "./volume.ts";
export * from "./write_all.ts";
