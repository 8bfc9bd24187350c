// The events' document by AsyncAPI's own parser and its rules: no finding, and what is broken on purpose is found.
// Examples are held against their schemas by tests/contract: for 3.0 the parser does not.
const { readFileSync } = require("node:fs");
const { Parser } = require("@asyncapi/parser");

// 3.1 is newer; 3.0 is what we promise.
const PROMISED = "asyncapi-latest-version";
const EVENT = "jingzhun.identification.household_surveyed.v1";
const BREAKAGES = {
  "a message that is nowhere": (document) => {
    document.channels.identification.messages[EVENT].$ref = "#/components/messages/nowhere";
  },
  "an operation on no channel": (document) => {
    document.operations["audit.receive.gateway"].channel.$ref = "#/channels/nowhere";
  },
  "an example that is nothing": (document) => {
    document.components.messages[EVENT].examples[0] = {};
  },
  "a server without a protocol": (document) => {
    delete document.servers.kafka.protocol;
  },
};

async function findings(text) {
  const { diagnostics } = await new Parser().parse(text);
  return diagnostics.filter(({ code }) => code !== PROMISED);
}

async function main(path) {
  const text = readFileSync(path, "utf8");
  const told = (await findings(text)).map(({ code, message, path: place }) => `${code} ${place.join("/")}: ${message}`);
  for (const [name, break_] of Object.entries(BREAKAGES)) {
    const document = JSON.parse(text);
    break_(document);
    if ((await findings(JSON.stringify(document))).length === 0) told.push(`not found: ${name}`);
  }
  told.forEach((line) => console.log(line));
  process.exitCode = told.length ? 1 : 0;
}

main(process.argv[2]);
