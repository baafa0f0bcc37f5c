/**
 * Compiles `src/core/simd/kernels` to `kernels.wasm`, which is committed: who
 * uses Cleft needs no compiler. A test compares the two.
 *
 * @module
 */
import { compileKernels, kernelsFolder } from "./_compile_kernels.ts";
import { helpIfAsked } from "./_help.ts";

helpIfAsked(import.meta.url);

Deno.writeFileSync(`${kernelsFolder}/kernels.wasm`, await compileKernels());
