import { deepStrictEqual } from "node:assert";
import { basename, dirname, join } from "node:path";
import { cudaPluginPath } from "@test/cuda.ts";
import { assertEquals } from "@test/helpers.ts";
import { preloadShadowed, shadowedBeside } from "./_preload.ts";

/** A folder with a plugin and NVIDIA's libraries, and one with some of their names. */
function withFolders(body: (plugin: string, other: string) => void): void {
  const folder = Deno.makeTempDirSync();
  const write = (path: string) => {
    Deno.mkdirSync(dirname(join(folder, path)), { recursive: true });
    Deno.writeTextFileSync(join(folder, path), "");
  };
  try {
    const own = [
      ...["cudnn/lib/libcudnn.so.9", "cudnn/lib/libcudnn_adv.so.9"],
      ...["cudnn/lib/libcudnn_graph.so.9", "cu13/lib/libcublas.so.13"],
      ...["cu13/lib/libcublasLt.so.13", "cu13/lib/libcudart.so.13"],
    ];
    for (const path of own) write(`site/nvidia/${path}`);
    write("site/jax_plugins/xla_cuda13/plugin.so");
    for (const path of own.slice(0, 5)) write(`other/${basename(path)}`);
    write("other/libcudnn.so");
    write("other/libcudart.so.12");
    body(
      join(folder, "site/jax_plugins/xla_cuda13/plugin.so"),
      join(folder, "other"),
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("shadowedBeside() lists what a search path has others of, needed ones first", () => {
  withFolders((plugin, other) => {
    const found = shadowedBeside(plugin, `/nowhere::${other}`);
    deepStrictEqual(found.map((path) => basename(path)), [
      ...["libcublasLt.so.13", "libcublas.so.13", "libcudnn_graph.so.9"],
      ...["libcudnn_adv.so.9", "libcudnn.so.9"],
    ]);
  });
});

Deno.test("shadowedBeside() finds nothing on a path that has the same folders, or none", () => {
  withFolders((plugin) => {
    const own = join(dirname(plugin), "../../nvidia/cudnn/lib");
    deepStrictEqual(shadowedBeside(plugin, own), []);
    deepStrictEqual(shadowedBeside(plugin, ""), []);
  });
});

const plugin = cudaPluginPath();
Deno.test({
  name: "preloadShadowed() has cuDNN take its own parts" +
    (plugin ? "" : " (skipped: XLA for cards is not set up)"),
  ignore: plugin === null,
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(join(folder, "libcudnn_graph.so.9"), "other");
      const { code, stdout } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--quiet", import.meta.filename!],
        env: { LD_LIBRARY_PATH: folder, CLEFT_CUDA_PLUGIN: plugin! },
      }).output();
      assertEquals(code, 0, "exit code");
      assertEquals(+new TextDecoder().decode(stdout) >= 90_000, true);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

if (import.meta.main) {
  preloadShadowed(plugin!);
  const path = join(dirname(plugin!), "../../nvidia/cudnn/lib/libcudnn.so.9");
  const { symbols } = Deno.dlopen(path, {
    cudnnGetVersion: { parameters: [], result: "usize" },
  });
  console.log(`${symbols.cudnnGetVersion()}`);
}
