// Writes src/api.ts out of the OpenAPI document; with --check says whether it is up to date.

import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { COMMENT_HEADER, astToString } from "openapi-typescript";

const DOCUMENT = new URL("../../deploy/spec/openapi.json", import.meta.url);
const OUTPUT = new URL("src/api.ts", import.meta.url);

/** A schema made of itself may hold any JSON: TypeScript knows no such type where these types stand. */
function withoutEnd(document) {
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    const itself = JSON.stringify({ $ref: `#/components/schemas/${name}` });
    document.components.schemas[name] = JSON.parse(JSON.stringify(schema).replaceAll(itself, "{}"));
  }
  return document;
}

const document = withoutEnd(JSON.parse(await readFile(DOCUMENT, "utf8")));
const types = await openapiTS(document, { rootTypes: true, rootTypesNoSchemaPrefix: true, silent: true });
const made = `${COMMENT_HEADER}${astToString(types)}`;
if (!process.argv.includes("--check")) await writeFile(OUTPUT, made);
else if ((await readFile(OUTPUT, "utf8")) !== made) process.exitCode = 1;
