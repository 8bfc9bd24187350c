/** 精准 · A typed client of jingzhun's public API. `api.ts` is made from the OpenAPI document. */

import createClient, { type Client } from "openapi-fetch";

import type { paths, Problem } from "./api.js";

export type * from "./api.js";
export type Api = Client<paths>;

const BUSY = new Set([429, 503]);

export interface Settings {
  /** A bearer token, or what gives one before every call. */
  token: string | (() => string | Promise<string>);
  /** Of titles and texts: "zh-CN" where absent. */
  language?: "zh-CN" | "en";
  /** Seconds for which a busy system is asked again. */
  patience?: number;
}

/** Of a token it is told as RFC 6749 says, of all else as RFC 9457. */
export type Refusal = Problem | { error: string; error_description?: string };

/** The API refused: `code` says what went wrong, the same in every language. */
export class Refused extends Error {
  readonly code: string;

  constructor(readonly problem: Refusal) {
    const [code, text] = "error" in problem ? [problem.error, problem.error_description] : [problem.code, problem.title];
    super(`${code}: ${text}`);
    this.code = code;
  }
}

/** Every operation by its path: `api.GET("/v1/cases", …)`, typed both ways. */
export function connect(baseUrl: string, { token, language = "zh-CN", patience = 10 }: Settings): Api {
  const api = createClient<paths>({ baseUrl, fetch: patient(patience) });
  api.use({
    async onRequest({ request }) {
      request.headers.set("Authorization", `Bearer ${typeof token === "string" ? token : await token()}`);
      request.headers.set("Accept-Language", language);
      return request;
    },
  });
  return api;
}

/** A registered system's token: asked for when one is needed, kept until shortly before it ends. */
export function clientCredentials(baseUrl: string, client_id: string, client_secret: string): () => Promise<string> {
  const oauth = createClient<paths>({ baseUrl });
  let token = "";
  let ends = 0;
  return async () => {
    if (Date.now() < ends) return token;
    const told = answered(
      await oauth.POST("/oauth/token", {
        body: { grant_type: "client_credentials", client_id, client_secret },
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
      }),
    );
    token = told.access_token;
    ends = Date.now() + (told.expires_in - 30) * 1000;
    return token;
  };
}

/** What was answered. Throws `Refused`. */
export function answered<Answer>({ data, error }: { data?: Answer; error?: unknown }): Answer {
  if (data === undefined) throw new Refused(error as Refusal);
  return data;
}

export interface Page<Item> {
  items: Item[];
  next?: string | null;
}

/** Every item of a list: `items((at) => api.GET("/v1/cases", { params: { query: { state: "open", ...at } } }))`. */
export async function* items<Item>(
  page: (at: { cursor?: string }) => Promise<{ data?: Page<Item>; error?: unknown }>,
): AsyncGenerator<Item, void, undefined> {
  let at: { cursor?: string } | undefined = {};
  while (at !== undefined) {
    const { items, next }: Page<Item> = answered(await page(at));
    yield* items;
    at = next ? { cursor: next } : undefined;
  }
}

/** Asks again where the system is busy: an `Idempotency-Key` makes a repeated act the same act. */
function patient(seconds: number): (request: Request) => Promise<Response> {
  return async (request) => {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const answer = await fetch(request.clone());
      if (!BUSY.has(answer.status) || Date.now() > end) return answer;
      await new Promise((resolve) => setTimeout(resolve, Number(answer.headers.get("Retry-After") ?? 1) * 1000));
    }
  };
}
