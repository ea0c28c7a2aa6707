// Makes `src/api/schema.ts` of the API's document, which stands as reviewed in the tests of `crates/open`.

import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import openapi, { astToString } from "openapi-typescript";

const at = path => fileURLToPath(new URL(path, import.meta.url));
const snapshot = "../../crates/open/src/snapshots/open__tests__the_document_is_as_reviewed.snap";
const text = await readFile(at(snapshot), "utf8");
const document = JSON.parse(text.slice(text.indexOf("\n---\n") + 5));
const types = astToString(await openapi(document, { enum: false, alphabetize: false }));
await writeFile(at("../src/api/schema.ts"), `// Made by dev/api.mjs.\n\n${types}`);
