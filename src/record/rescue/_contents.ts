import type { DatabaseSync } from "node:sqlite";
import { sha256Hex, systemFault } from "@/core/mod.ts";
import { objectPath } from "../_object_store.ts";
import type { RecordsFault } from "./_fault.ts";
import { isOfSqlite, readRows, type Row } from "./_read_rows.ts";

/** What is wrong with contents of artifacts, and how many there are. */
export interface CheckedContents {
  /** How many artifacts are on record. */
  readonly artifacts: number;
  /** What they come to, each content once. */
  readonly bytes: number;
  /** What is wrong. */
  readonly faults: readonly RecordsFault[];
  /** Hashes of those that are kept as files. */
  readonly files: ReadonlySet<string>;
}

/** An artifact by what a row says. */
interface Recorded {
  readonly run: bigint;
  readonly name: string;
  readonly bytes: bigint;
  readonly sha256: string;
}

/** Compares the contents of artifacts with their sizes and hashes on record. */
export function checkContents(
  db: DatabaseSync,
  { folder, ids }: {
    readonly folder: string;
    readonly ids: ReadonlyMap<bigint, string>;
  },
): CheckedContents {
  const contents = new Map<string, Content>();
  const faults: RecordsFault[] = [];
  let artifacts = 0, bytes = 0;
  for (const { run, name, sha256, bytes: expected } of artifactsOf(db)) {
    artifacts++;
    let content = contents.get(sha256);
    if (!content) {
      content = contentOf(folder, db, sha256);
      contents.set(sha256, content);
      bytes += content.bytes;
    }
    const what = content.fault ??
      (BigInt(content.bytes) === expected
        ? null
        : `it has ${content.bytes} bytes, ${expected} were recorded`);
    // One that was replaced meanwhile is nobody's any more.
    if (what === null || !isNeeded(db, sha256)) continue;
    const id = ids.get(run) ?? `number ${run}`;
    faults.push({ where: `run ${id}, artifact ${JSON.stringify(name)}`, what });
  }
  const files = [...contents].filter(([, { isFile }]) => isFile);
  return {
    artifacts,
    bytes,
    faults,
    files: new Set(files.map(([sha256]) => sha256)),
  };
}

function artifactsOf(db: DatabaseSync): Iterable<Recorded> {
  const recorded = new Map<string, Recorded>(); // a row may come twice
  const table = {
    name: "artifact",
    columns: ["run", "name", "bytes", "sha256"],
    key: [{ name: "run", isInteger: true }, { name: "name", isInteger: false }],
  };
  const keep = ([run, name, bytes, sha256]: Row) => {
    if (
      typeof run === "bigint" && typeof name === "string" &&
      typeof bytes === "bigint" && typeof sha256 === "string"
    ) recorded.set(`${run} ${name}`, { run, name, bytes, sha256 });
  };
  readRows(db, { table, keep });
  return recorded.values();
}

interface Content {
  readonly bytes: number;
  readonly isFile: boolean;
  /** What is wrong with it, or null. */
  readonly fault: string | null;
}

/** The content under a hash: in the database if it is small, else a file. */
function contentOf(
  folder: string,
  db: DatabaseSync,
  sha256: string,
): Content {
  try {
    const row = db.prepare("SELECT content FROM object WHERE sha256 = ?")
      .get(sha256);
    const inline = row?.["content"];
    if (inline instanceof Uint8Array) return judged(inline, sha256, false);
  } catch (error) {
    if (!isOfSqlite(error)) throw error;
  }
  const path = objectPath(folder, sha256);
  try {
    if (Deno.lstatSync(path).isSymlink) {
      return { bytes: 0, isFile: true, fault: "its file is a symbolic link" };
    }
    return judged(Deno.readFileSync(path), sha256, true);
  } catch (error) {
    const fault = systemFault(error);
    if (!fault) throw error;
    const why = fault.code === "ENOENT" ? "its content is gone" : fault.reason;
    return { bytes: 0, isFile: true, fault: why };
  }
}

function judged(
  content: Uint8Array,
  sha256: string,
  isFile: boolean,
): Content {
  const isSame = sha256Hex(content) === sha256;
  const fault = isSame ? null : "its content is not what was recorded";
  return { bytes: content.length, isFile, fault };
}

function isNeeded(db: DatabaseSync, sha256: string): boolean {
  try {
    return db.prepare("SELECT 1 FROM artifact WHERE sha256 = ?")
      .get(sha256) !== undefined;
  } catch (error) {
    if (!isOfSqlite(error)) throw error;
    return true;
  }
}
