// Runs every server audit of `graphql-http` against a URL, one after the other, and prints
// { id: { status, name, reason } } as JSON. Usage: node audits.mjs http://127.0.0.1:8000/graphql

import { serverAudits } from "graphql-http";

const url = process.argv[2];
const results = {};
for (const audit of serverAudits({ url })) {
  const { status, name, reason } = await audit.fn();
  if (audit.id in results) throw new Error(`two audits are called ${audit.id}`);
  results[audit.id] = { status, name, reason };
}
console.log(JSON.stringify(results));
