import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { statIfThere } from "@/core/mod.ts";
import { cacheFolder } from "@/engine/mod.ts";

/** Slurm on this machine alone, for a test. */
export interface Slurm extends AsyncDisposable {
  /** By what its programs, and whoever calls them, find it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What one of its programs prints; fails if that fails. */
  ask(program: string, ...args: readonly string[]): Promise<string>;
}

/** Debian's packages with Slurm and the libraries that it needs. */
const packages = [
  ...["slurmctld", "slurmd", "slurm-client", "slurm-wlm-basic-plugins"],
  ...["libhwloc15", "libmunge2", "liblua5.1-0"],
];

const programs = ["sbatch", "scancel", "scontrol", "sinfo", "squeue"];
const libraries = `usr/lib/${Deno.build.arch}-linux-gnu`;

/**
 * Starts a `slurmctld` and a `slurmd` in a folder, as the user of the test: those
 * that are installed, else Debian's, which are fetched once and only unpacked.
 * Null, and a word why, where neither can be had.
 */
export async function startSlurm(folder: string): Promise<Slurm | null> {
  try {
    const root = isInstalled() ? null : await unpacked();
    const bin = join(folder, "bin");
    for (const name of ["bin", "state", "spool"]) {
      Deno.mkdirSync(join(folder, name));
    }
    if (root) wrapPrograms(root, folder);
    const environment = {
      SLURM_CONF: join(folder, "slurm.conf"),
      PATH: `${bin}:${Deno.env.get("PATH")}:/usr/sbin`,
    };
    const ask = (program: string, ...args: readonly string[]) =>
      output([program, ...args], environment);
    await refuseUnfit(ask);
    const user = await ask("id", "-un");
    const conf = await configuration({ folder, root, user });
    Deno.writeTextFileSync(environment.SLURM_CONF, conf);
    Deno.writeTextFileSync(join(folder, "gres.conf"), cards);
    const stepd = root ? ["-d", join(bin, "slurmstepd")] : [];
    await using daemons = new AsyncDisposableStack();
    for (const words of [["slurmctld", "-D"], ["slurmd", "-D", ...stepd]]) {
      daemons.adopt(daemon(words, environment), async (one) => {
        one.kill("SIGTERM");
        await one.status;
      });
    }
    await answers(ask);
    const running = daemons.move();
    return {
      environment,
      ask,
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    };
  } catch (error) {
    if (!(error instanceof SlurmMissing)) throw error;
    console.warn(`Left out: ${error.message}`);
    return null;
  }
}

class SlurmMissing extends Error {}

function isInstalled(): boolean {
  const found = ["slurmctld", "slurmd", ...programs].map((name) =>
    [`/usr/sbin/${name}`, `/usr/bin/${name}`].some((path) => statIfThere(path))
  );
  return found.every((one) => one);
}

/** The folder in which Debian's packages are unpacked. */
async function unpacked(): Promise<string> {
  const folder = join(cacheFolder(), "slurm");
  if (statIfThere(folder)) return folder;
  Deno.mkdirSync(cacheFolder(), { recursive: true });
  const made = Deno.makeTempDirSync({ dir: cacheFolder(), prefix: "slurm-" });
  try {
    const once = [
      "-o",
      "Acquire::Retries=0",
      "-o",
      "Acquire::http::Timeout=10",
    ];
    await output(
      ["timeout", "60", "apt-get", ...once, "download", ...packages],
      {},
      made,
    );
    for (const { name } of Deno.readDirSync(made)) {
      if (name.endsWith(".deb")) {
        await output(["dpkg", "-x", name, "root"], {}, made);
      }
    }
    Deno.renameSync(join(made, "root"), folder);
    return folder;
  } catch (error) {
    throw new SlurmMissing(
      `Slurm is not here, and cannot be fetched: ${error}`,
    );
  } finally {
    Deno.removeSync(made, { recursive: true });
  }
}

/** Packages of one system may lack libraries on another. */
async function refuseUnfit(ask: Slurm["ask"]): Promise<void> {
  try {
    for (const name of ["slurmctld", "slurmd"]) await ask(name, "-V");
  } catch (error) {
    throw new SlurmMissing(`Slurm cannot be started here: ${error}`);
  }
}

/**
 * Scripts that start unpacked programs with their own libraries, and by the names
 * by which they know themselves: one called `slurmctld-wlm` has no cards.
 */
function wrapPrograms(root: string, folder: string): void {
  const paths = [libraries, `${libraries}/slurm-wlm`].map((path) =>
    join(root, path)
  );
  const links = join(folder, "programs");
  Deno.mkdirSync(links);
  const wrap = (name: string, path: string) => {
    Deno.symlinkSync(join(root, path), join(links, name));
    Deno.writeTextFileSync(
      join(folder, "bin", name),
      `#!/bin/sh\nLD_LIBRARY_PATH='${paths.join(":")}' exec '${
        join(links, name)
      }' "$@"\n`,
      { mode: 0o755 },
    );
  };
  for (const name of programs) wrap(name, `usr/bin/${name}`);
  for (const name of ["slurmctld", "slurmd", "slurmstepd"]) {
    wrap(name, `usr/sbin/${name}-wlm`);
  }
}

/** Two made-up cards: Slurm looks only whether there are such devices. */
const cards = `AutoDetect=off
Name=gpu File=/dev/tty[0-1]
`;

async function configuration(
  { folder, root, user }: {
    readonly folder: string;
    readonly root: string | null;
    readonly user: string;
  },
): Promise<string> {
  const host = Deno.hostname().split(".")[0]!;
  const lines = {
    ClusterName: "test",
    SlurmctldHost: `${host}(127.0.0.1)`,
    ...{ SlurmUser: user, SlurmdUser: user },
    ...{ AuthType: "auth/none", CredType: "cred/none" },
    ...root && { PluginDir: join(root, libraries, "slurm-wlm") },
    StateSaveLocation: join(folder, "state"),
    SlurmdSpoolDir: join(folder, "spool"),
    SlurmctldPidFile: join(folder, "slurmctld.pid"),
    SlurmdPidFile: join(folder, "slurmd.pid"),
    SlurmctldLogFile: join(folder, "slurmctld.log"),
    SlurmdLogFile: join(folder, "slurmd.log"),
    ...{ SlurmctldPort: await freePort(), SlurmdPort: await freePort() },
    ...{ ProctrackType: "proctrack/linuxproc", TaskPlugin: "task/none" },
    ...{ SelectType: "select/cons_tres", SelectTypeParameters: "CR_CPU" },
    ...{ GresTypes: "gpu", MpiDefault: "none" },
    ...{ AccountingStorageType: "accounting_storage/none" },
    ...{ JobCompType: "jobcomp/none", SwitchType: "switch/none" },
    // Tests do not wait for the schedule of a large machine.
    SchedulerParameters:
      "sched_interval=1,sched_min_interval=0,batch_sched_delay=0",
    ...{ KillWait: 30, MinJobAge: 2, ReturnToService: 2 },
  };
  return [
    ...Object.entries(lines).map(([key, value]) => `${key}=${value}`),
    `NodeName=${host} NodeAddr=127.0.0.1 CPUs=1 Gres=gpu:2 State=UNKNOWN`,
    "PartitionName=all Nodes=ALL Default=YES State=UP OverSubscribe=FORCE:4",
    "",
  ].join("\n");
}

function freePort(): Promise<number> {
  const found = Promise.withResolvers<number>();
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address() as { readonly port: number };
    server.close(() => found.resolve(port));
  });
  return found.promise;
}

/** Waits until the machine is there for tasks. */
async function answers(ask: Slurm["ask"]): Promise<void> {
  for (let attempt = 0;; attempt++) {
    const said = await ask("sinfo", "--noheader", "--format=%T")
      .catch((error: Error) => error.message);
    if (said === "idle") return;
    if (attempt === 100) throw new Error(`Slurm does not come up: ${said}`);
    await setTimeout(200);
  }
}

function daemon(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Deno.ChildProcess {
  const quiet = { stdin: "null", stdout: "null", stderr: "null" } as const;
  return new Deno.Command("/usr/bin/env", { args: [...words], env, ...quiet })
    .spawn();
}

async function output(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd?: string,
): Promise<string> {
  const { success, code, stdout, stderr } = await new Deno.Command(
    "/usr/bin/env",
    {
      ...{ args: [...words], env, stdin: "null" },
      ...cwd !== undefined && { cwd },
    },
  ).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (success) return text(stdout);
  throw new Error(
    `${words.join(" ")}: ${text(stderr) || `ended with ${code}`}`,
  );
}
