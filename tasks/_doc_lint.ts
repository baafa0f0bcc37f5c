import { projectFolder } from "@/command/mod.ts";

/**
 * What `deno doc --lint` finds in the modules, without its complaints about types
 * of libraries, which we cannot make public, and about values that a type is
 * inferred from, such as a schema.
 */
export async function lintDocs(modules: readonly string[]): Promise<string[]> {
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", "--quiet", ...modules],
    cwd: projectFolder,
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  }).output();
  const own = ownNames(`${projectFolder}/src`);
  return new TextDecoder().decode(stderr).split(/\n(?=error)/)
    .filter((finding) => finding.startsWith("error["))
    .filter((finding) => {
      const name = /references private type '(\w+)'/.exec(finding)?.[1];
      return name === undefined || own.has(name);
    });
}

/** The name of every type that a file of ours declares and exports. */
function ownNames(folder: string): Set<string> {
  const names = new Set<string>();
  const declaration =
    /^export (?:declare |abstract )*(?:class|interface|type|enum) (\w+)/gm;
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) { for (const own of ownNames(path)) names.add(own); }
    else if (/\.tsx?$/.test(name)) {
      const text = Deno.readTextFileSync(path);
      for (const [, own] of text.matchAll(declaration)) names.add(own!);
    }
  }
  return names;
}
