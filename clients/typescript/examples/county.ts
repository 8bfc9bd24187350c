/** The county's poor households, and its cases by state: `node dist/examples/county.js`, with URL and TOKEN set. */

import { answered, connect, items } from "../src/index.js";

const { URL = "http://127.0.0.1:8000", TOKEN = "" } = process.env;
const api = connect(URL, { token: TOKEN, language: "en" });

const poor = answered(await api.GET("/v1/households", { params: { query: { status: "poor", limit: 5 } } }));
for (const household of poor.items) console.log(`${household.division} ${household.head_name ?? "—"} ${household.status}`);

const states = new Map<string, number>();
const cases = items((at) => api.GET("/v1/cases", { params: { query: { limit: 5, ...at } } }));
for await (const { state } of cases) states.set(state, (states.get(state) ?? 0) + 1);
console.log(JSON.stringify(Object.fromEntries(states)));
