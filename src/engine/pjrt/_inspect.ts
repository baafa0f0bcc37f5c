import type { Calls } from "./_call.ts";
import { bytesAt, numbersAt, textAt, wordsAt } from "./_memory.ts";
import { Struct } from "./_struct.ts";
import type { BufferSpec } from "./buffer.ts";
import { typeOfCode } from "./element_type.ts";

/** What an executable takes of a device's memory, as its compiler worked out. */
export interface ExecutableMemory {
  /** The bytes of its inputs. */
  readonly argumentBytes: number;
  /** The bytes of its outputs. */
  readonly outputBytes: number;
  /** The bytes of outputs that lie in the place of donated inputs. */
  readonly aliasBytes: number;
  /** The bytes of everything in between. */
  readonly tempBytes: number;
  /** The bytes of its instructions. */
  readonly generatedCodeBytes: number;
}

/** What an output is. */
export type OutputSpec = Omit<BufferSpec, "device">;

/** What an executable gives on each device. */
export function outputsOf(calls: Calls, executable: bigint): OutputSpec[] {
  const { types, count } = calls.now("Executable_OutputElementTypes", {
    executable,
  });
  const found = calls.now("Executable_OutputDimensions", { executable });
  const ranks = wordsAt(found.ranks, found.count).map(Number);
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const dims = wordsAt(found.dims, BigInt(total)).map(Number);
  return numbersAt(types, count).map((code, i) => ({
    type: typeOfCode(code),
    shape: dims.splice(0, ranks[i]!),
  }));
}

/** What an executable takes of a device's memory. */
export function memoryOf(calls: Calls, executable: bigint): ExecutableMemory {
  const found = calls.now("Executable_GetCompiledMemoryStats", { executable });
  return {
    argumentBytes: Number(found.arguments),
    outputBytes: Number(found.outputs),
    aliasBytes: Number(found.aliases),
    tempBytes: Number(found.temporaries),
    generatedCodeBytes: Number(found.code),
  };
}

/** The fingerprint of an executable. */
export function fingerprintOf(calls: Calls, executable: bigint): string {
  const { fingerprint, bytes } = calls.now("Executable_Fingerprint", {
    executable,
  });
  return textAt(fingerprint, bytes);
}

/** An executable as bytes; the plugin's copy of them is freed. */
export function serialize(
  calls: Calls,
  executable: bigint,
): Uint8Array<ArrayBuffer> {
  const { data, bytes, owner, deleter } = calls.now("Executable_Serialize", {
    executable,
  });
  const copy = bytesAt(data, bytes);
  const pointer = Deno.UnsafePointer.create<typeof freeing>(deleter);
  if (pointer) {
    const free = new Deno.UnsafeFnPointer(pointer, freeing);
    free.call(Deno.UnsafePointer.create(owner));
  }
  return copy;
}

const freeing = { parameters: ["pointer"], result: "void" } as const;

/** The program that a compiler arrived at: asked for its size first, then for itself. */
export function optimizedProgramOf(
  calls: Calls,
  executable: bigint,
): Uint8Array<ArrayBuffer> {
  // PJRT_Program: code, its bytes, format, its bytes.
  const CODE = 0, BYTES = 1;
  const program = new Struct([0n, 0n, 0n, 0n]);
  calls.now("Executable_OptimizedProgram", { executable, program });
  const code = new Uint8Array(Number(program.get(BYTES)));
  program.set(CODE, code);
  calls.now("Executable_OptimizedProgram", { executable, program });
  return code;
}
