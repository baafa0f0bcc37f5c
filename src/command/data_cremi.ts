import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import { jsonOption, required } from "./_options.ts";

/** Fetches the volumes of the CREMI challenge. */
export const dataCremi = defineCommand({
  name: "data cremi",
  summary: "Fetch the volumes of the CREMI challenge",
  positionals: [],
  options: {
    to: {
      value: "FOLDER",
      path: "outputFolder",
      summary: "where the files go",
    },
    samples: {
      value: "LIST",
      summary: "some of A,B,C,A+,B+,C+; all of them by default",
    },
    padded: { summary: "the files with more raw data around the labels" },
    "base-url": {
      value: "URL",
      summary: "where the files are, in place of the challenge's server",
    },
    ...jsonOption,
  },
  notes:
    "May be interrupted and called again: it goes on, and checks what is there\n" +
    "against its known or recorded hash.",
  async run({ options }, context) {
    const to = pathOf(required(options.to, "to"), context);
    const { fetchCremi } = await import("@/data/mod.ts");
    const files = await fetchCremi({
      to,
      samples: options.samples?.split(",").map((name) => name.trim()),
      padded: options.padded,
      baseUrl: options["base-url"],
      notify: context.note,
      signal: context.signal,
    });
    if (options.json) context.print(JSON.stringify(files, null, 2));
    else for (const { path } of files) context.print(path);
    return 0;
  },
});
