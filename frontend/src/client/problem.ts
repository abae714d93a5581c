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
  "invalid-input", "content-refused", "not-possible-now", "cannot-be-done", "already-exists", "engine-missing", "too-large", "quota-spent",
]);

/** One part of a request that is wrong: where, in the reader's language, and the service's own words. */
export interface Fault {
  place: string;
  words: string;
}

const PLACED = /^(\w+)(?:\.[\w.]+)?(?:, line (\d+))?: (.+)$/s;

function isPlace(name: string): name is keyof typeof en.place {
  return name in en.place;
}

function faultOf(text: string, t: TFunction): Fault {
  const [, name = "", line, words = ""] = PLACED.exec(text) ?? [];
  if (!isPlace(name)) return { place: "", words: text };
  const place = t(`place.${name}`);
  return { place: line === undefined ? place : t("placeLine", { place, line }), words };
}

export interface Told {
  /** What happened and what to do, in the reader's language. */
  sentence: string;
  /** What the service says of it, in English as all that it says; empty where `faults` tell it. */
  detail: string;
  faults: Fault[];
  /** What to quote; empty where nobody could help. */
  id: string;
}

/** An error as a person reads it. */
export function told(error: unknown, t: TFunction): Told {
  if (!(error instanceof Problem)) return { sentence: t("problem.unknown"), detail: "", faults: [], id: "" };
  const telling = TELLING.has(error.kind);
  const faults = telling ? error.faults.map((fault) => faultOf(fault, t)) : [];
  const detail = telling && faults.length === 0 ? error.message : "";
  return { sentence: t(`problem.${error.kind}`), detail, faults, id: error.status >= 500 ? error.id : "" };
}
