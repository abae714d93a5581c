/** The backend's side of a test: answers by method and path, and what was asked. */
import { vi } from "vitest";

export interface Asked {
  method: string;
  path: string;
  mark: string | null;
  body: unknown;
}

type Answer = unknown;

export class Told {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly detail = "",
    readonly faults: readonly string[] = [],
  ) {}
}

/** Answers, by `GET /api/v1/account`: JSON, or what went wrong. What is not named is unknown. */
export function serve(answers: Record<string, Answer>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const { pathname } = new URL(request.url);
    const text = await request.clone().text();
    asked.push({ method: request.method, path: pathname, mark: request.headers.get("X-CSRF-Token"), body: text ? JSON.parse(text) : null });
    const found = answers[`${request.method} ${pathname}`] ?? new Told(404, "not-found", "Expected a place, found none.");
    if (!(found instanceof Told)) return Response.json(found);
    const problem = { type: `/problems/${found.type}`, title: "", status: found.status, detail: found.detail, id: "7f3c0b9e41d2", faults: found.faults };
    return new Response(JSON.stringify(problem), { status: found.status, headers: { "content-type": "application/problem+json" } });
  });
  return asked;
}
