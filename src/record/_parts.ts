import { Database, type DatabaseOptions } from "./_database.ts";
import { ObjectStore } from "./_object_store.ts";
import { RunStore } from "./_run_store.ts";
import { Tables } from "./table/mod.ts";

/** What the records in a results folder consist of. */
export class Parts {
  /** The results folder. */
  readonly folder: string;
  /** The connection. */
  readonly database: Database;
  /** Its tables. */
  readonly tables: Tables;
  /** The runs in them. */
  readonly runs: RunStore;
  /** Contents of artifacts. */
  readonly objects: ObjectStore;

  /** Opens those in a folder. */
  constructor(folder: string, options: DatabaseOptions) {
    this.folder = folder;
    this.database = new Database(folder, options);
    this.tables = new Tables(this.database);
    this.runs = new RunStore(this.tables, folder);
    this.objects = new ObjectStore(this.tables, folder);
  }
}
