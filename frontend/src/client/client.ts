/** Requests to the backend, typed by its OpenAPI description. Sends the session's mark with every change. */
import createClient, { type Middleware } from "openapi-fetch";

import { Problem, problemOf } from "@/client/problem";
import type { components, paths } from "@/client/schema";

export type Schemas = components["schemas"];

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** The session's mark, which only pages of this host can read. */
export function mark(): string {
  return /(?:^|; )aiprod_csrf=([^;]*)/.exec(document.cookie)?.[1] ?? "";
}

const marked: Middleware = {
  onRequest({ request }) {
    if (!SAFE.has(request.method)) request.headers.set("X-CSRF-Token", mark());
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response);
  },
  onError({ error }) {
    return error instanceof Problem ? error : Problem.unreachable();
  },
};

export const client = createClient<paths>({ baseUrl: location.origin, fetch: (request) => fetch(request) });
client.use(marked);

/** What a request answered. Throws: Problem. */
export async function answered<T>(request: Promise<{ data?: T }>): Promise<T> {
  const { data } = await request;
  return data as T;
}
