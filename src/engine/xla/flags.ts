import { ExperimentError } from "@/core/mod.ts";
import type { Precision } from "../names.ts";

/** Flags of XLA, by name. */
export type Flags = Readonly<Record<string, string | boolean | number>>;

/** What decides which flags are ours. */
export interface FlagReasons {
  /** What the devices are: "cpu", "cuda", "rocm", "tpu". */
  readonly platform: string;
  /** Numbers that convolutions compute with. */
  readonly precision: Precision;
}

/**
 * Our flags and the user's, who has the last word.
 *
 * With true 32 bits, an H200 gave other last bits from one run of a program to
 * the next: cuDNN has kernels for them that add in no fixed order. They are left
 * out. XLA times no kernels then, and has none of Triton's for products, so that
 * these are cuBLAS's from the start. With 19 and 16 bits the card repeated every
 * bit, of all kernels that it chose.
 *
 * @throws {ExperimentError} If one of the user's has no value.
 */
export function compilerFlags({ platform, precision }: FlagReasons): Flags {
  const isAtRisk = platform === "cuda" && precision === "fp32";
  return { ...(isAtRisk ? inFixedOrder : {}), ...userFlags() };
}

/** Leaves kernels out that add in no fixed order. */
const inFixedOrder: Flags = {
  xla_gpu_exclude_nondeterministic_ops: true,
  xla_gpu_enable_triton_gemm: false,
};

/** What to tell of flags that cost time; null if none does. */
export function priceOf(flags: Flags): string | null {
  if (flags.xla_gpu_exclude_nondeterministic_ops !== true) return null;
  return "Computing by kernels that repeat every bit of fp32, which can be many" +
    " times slower: train.precision tf32 and bf16 repeat theirs at full speed";
}

/** The variable that can set flags of the compiler, as `name=value`, spaces between. */
const VARIABLE = "CLEFT_XLA_FLAGS";

/** The flags that the user sets; they are part of what names a compiled program. */
function userFlags(): Flags {
  const words = (Deno.env.get(VARIABLE) ?? "").split(/\s+/).filter(Boolean);
  return Object.fromEntries(words.map((word) => {
    const [, name, value] = /^(?:--)?(\w+)=(.*)$/.exec(word) ?? [];
    if (name !== undefined) return [name, valueOf(value!)];
    throw new ExperimentError(`Cannot read the flag "${word}" of XLA`, {
      where: VARIABLE,
      fix: 'Write flags as "name=value", with spaces between them',
    });
  }));
}

function valueOf(text: string): string | boolean | number {
  if (text === "true" || text === "false") return text === "true";
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
