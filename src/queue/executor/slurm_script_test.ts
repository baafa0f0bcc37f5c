import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { scriptText, settingsFolder } from "./_slurm_script.ts";

Deno.test("scriptText() takes the script that is named, then the experiment's, the user's, its own", () =>
  inTemporaryFolder((folder) => {
    const write = (name: string, comment: string) => {
      const path = join(folder, name);
      Deno.mkdirSync(join(path, ".."), { recursive: true });
      Deno.writeTextFileSync(path, `#!/bin/bash\n# ${comment}\nexec "$@"\n`);
      return path;
    };
    const place = {
      template: undefined,
      file: join(folder, "experiments", "a.yaml"),
      settings: join(folder, "settings"),
    };
    const of = (template?: string) =>
      /# (.*)/.exec(scriptText({ ...place, template }))?.[1];
    deepStrictEqual(scriptText(place), '#!/bin/bash\nexec "$@"\n');
    write("settings/slurm.sbatch", "the user's");
    deepStrictEqual(of(), "the user's");
    write("experiments/slurm.sbatch", "the experiment's");
    deepStrictEqual(of(), "the experiment's");
    deepStrictEqual(of(write("own.sh", "named")), "named");
    throws(() => of(join(folder, "nosuch")), /it is not there/);
  }));

Deno.test("scriptText() refuses a script that does not become the task", () =>
  inTemporaryFolder((folder) => {
    const template = join(folder, "a.sh");
    const place = { template, file: null, settings: null };
    for (
      const end of ['"$@"', "exec true", 'exec "$@"\necho done', "exec $@"]
    ) {
      Deno.writeTextFileSync(template, `#!/bin/bash\n${end}\n`);
      throws(() => scriptText(place), /does not end by becoming the task/, end);
    }
    Deno.writeTextFileSync(
      template,
      '#!/bin/sh\nexec srun --mpi=none "$@"\n\n',
    );
    deepStrictEqual(scriptText(place), Deno.readTextFileSync(template));
  }));

Deno.test("settingsFolder() is where the system keeps its users' settings", () => {
  const of = (variables: Record<string, string>) =>
    settingsFolder((name) => variables[name]);
  deepStrictEqual(of({ HOME: "/h", XDG_CONFIG_HOME: "/x" }), "/x/cleft");
  deepStrictEqual(of({ HOME: "/h" }), "/h/.config/cleft");
  deepStrictEqual(of({}), null);
});
