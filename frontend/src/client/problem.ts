/** What the backend says when it cannot (application/problem+json), as an error. */
import type { TFunction } from "i18next";

import en from "@/texts/en/app.json";

export type ProblemKind = keyof typeof en.problem;

interface Body {
  type?: string;
  status?: number;
  detail?: string;
  id?: string;
  faults?: string[];
}

function isKind(name: string): name is ProblemKind {
  return name in en.problem;
}

export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly status: number;
  readonly id: string;
  readonly faults: readonly string[];

  constructor(kind: ProblemKind, body: Body = {}) {
    super(body.detail ?? "");
    this.name = "Problem";
    this.kind = kind;
    this.status = body.status ?? 0;
    this.id = body.id ?? "";
    this.faults = body.faults ?? [];
  }

  static unreachable(): Problem {
    return new Problem("unreachable");
  }
}

/** The problem that an answer tells of. */
export async function problemOf(response: Response): Promise<Problem> {
  let body: Body = {};
  if (response.headers.get("content-type")?.startsWith("application/problem+json")) body = (await response.json()) as Body;
  const name = body.type?.replace("/problems/", "") ?? "";
  const kind = isKind(name) ? name : response.status >= 500 ? "unavailable" : "unknown";
  return new Problem(kind, { status: response.status, ...body });
}

/** Kinds whose detail tells more than the sentence for all of them. */
const TELLING = new Set<ProblemKind>([
  "invalid-input", "content-refused", "not-possible-now", "cannot-be-done", "already-exists", "engine-missing", "too-large",
]);

/** An error as a person reads it: a sentence in their language, the service's own words where they add something, an id to quote. */
export function told(error: unknown, t: TFunction): { sentence: string; detail: string; id: string } {
  if (!(error instanceof Problem)) return { sentence: t("problem.unknown"), detail: "", id: "" };
  const detail = TELLING.has(error.kind) ? error.message : "";
  return { sentence: t(`problem.${error.kind}`), detail, id: error.status >= 500 ? error.id : "" };
}
