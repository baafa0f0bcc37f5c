// What Cleft computes in WebAssembly, in AssemblyScript. `deno task wasm` makes
// ../kernels.wasm of it. Addresses are bytes, `n` counts values.
export { blend, floats, greys, power, scale, sum } from "./values";
export { places } from "./field";
export { filter } from "./filter";
export { both, choose, total } from "./labels";
export { median } from "./median";
export { copy, pack, packGreys, packLabels } from "./rows";
export { linear, nearest } from "./sample";
export { take1, take4 } from "./take";
export { turn } from "./turn";
