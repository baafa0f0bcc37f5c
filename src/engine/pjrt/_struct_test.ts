import { assertEquals } from "@test/helpers.ts";
import { addressOf, Struct } from "./_struct.ts";

Deno.test("Struct states its size up to the end of the last field", () => {
  // PJRT_Plugin_Initialize_Args, PJRT_Event_Await_Args, PJRT_Event_IsReady_Args,
  // PJRT_Buffer_ElementType_Args: 16, 24, 25 and 28 by the header.
  assertEquals(new Struct([]).words[0], 16n);
  assertEquals(new Struct([0n]).words[0], 24n);
  assertEquals(new Struct([0n, false], 1).words[0], 25n);
  assertEquals(new Struct([0n, 0], 4).words[0], 28n);
});

Deno.test("Struct holds numbers, flags, and addresses of memory", () => {
  const bytes = Uint8Array.of(1, 2, 3), inner = new Struct([7n]);
  const struct = new Struct([-1, true, bytes, inner, new Uint8Array(0)]);
  assertEquals(struct.get(0), 0xffff_ffff_ffff_ffffn);
  assertEquals(struct.get(1), 1n);
  assertEquals(struct.get(2), addressOf(bytes));
  assertEquals(struct.get(3), addressOf(inner.words));
  assertEquals(struct.get(4), 0n);
});
