import { compileKernels, kernelsFolder } from "../../tasks/_compile_kernels.ts";
import { assertSameNumbers } from "@test/helpers.ts";

Deno.test("kernels.wasm is what its sources compile to; else `deno task wasm`", async () => {
  const committed = Deno.readFileSync(`${kernelsFolder}/kernels.wasm`);
  assertSameNumbers(await compileKernels(), committed, "kernels.wasm");
});

Deno.test("kernels.wasm asks for nothing from outside", async () => {
  const committed = Deno.readFileSync(`${kernelsFolder}/kernels.wasm`);
  const module = await WebAssembly.compile(committed);
  assertSameNumbers(WebAssembly.Module.imports(module) as never[], []);
});
