/**
 * The county's poor households, and its cases by state: `node dist/examples/county.js`, with URL set, and TOKEN or a
 * registered system's CLIENT_ID and CLIENT_SECRET.
 */

import { answered, clientCredentials, connect, items } from "@jingzhun/client";

const { URL = "http://127.0.0.1:8000", TOKEN = "", CLIENT_ID = "", CLIENT_SECRET = "" } = process.env;
const token = TOKEN || clientCredentials(URL, CLIENT_ID, CLIENT_SECRET);
const api = connect(URL, { token, language: "en" });

const poor = answered(await api.GET("/v1/households", { params: { query: { status: "poor", limit: 5 } } }));
for (const household of poor.items) console.log(`${household.division} ${household.head_name ?? "—"} ${household.status}`);

const states = new Map<string, number>();
const cases = items((at) => api.GET("/v1/cases", { params: { query: { limit: 5, ...at } } }));
for await (const { state } of cases) states.set(state, (states.get(state) ?? 0) + 1);
console.log(JSON.stringify(Object.fromEntries(states)));
