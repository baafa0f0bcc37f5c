import { setupEngine, engineStatus } from "@/engine/mod.ts";
console.log(await setupEngine({gpu: Deno.args[0]==="gpu", notify: console.error}));
console.log(engineStatus());
