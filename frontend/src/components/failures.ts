/** What failed of a film and what to do about it, in the reader's language: by where it ended and by the kind of failure. */
import type { TFunction } from "i18next";

import type { Schemas } from "@/client/client";
import en from "@/texts/en/failure.json";

type Words = TFunction<"failure">;
type Ended = Pick<Schemas["Progress"], "failed_in" | "failure_kind">;

export interface FailureWords {
  /** What came to nothing. */
  what: string;
  /** Why; empty where nobody knows, or where that says it already. */
  why: string;
  /** What to do. */
  next: string;
}

function isPlace(status: string): status is keyof typeof en.in {
  return status in en.in;
}

function isKind(kind: string): kind is keyof typeof en.cause {
  return kind in en.cause;
}

/** Why, by the kind of failure; empty where there is none, or one that has no words yet. */
export const causeOf = (kind: string, t: Words) => (isKind(kind) ? t(`cause.${kind}`) : "");

/** A film that failed before kinds were told, or by a kind that has no words yet, is told of by where it ended. */
export function failureWords({ failed_in, failure_kind }: Ended, t: Words): FailureWords {
  const place = isPlace(failed_in) ? failed_in : "scripting";
  const why = place === "reviewing" && failure_kind === "not-good-enough" ? "" : causeOf(failure_kind, t);
  return { what: t(`in.${place}`), why, next: isKind(failure_kind) ? t(`do.${failure_kind}`) : t(`after.${place}`) };
}
