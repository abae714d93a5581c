/** What the backend calls things, as a person reads it. What has no name yet is shown as it is. */
import type { TFunction } from "i18next";

import en from "@/texts/en/app.json";

type Words = TFunction;

function named(group: "style" | "spoken" | "profile" | "status" | "tier", id: string, t: Words): string {
  return id in en[group] ? t(`${group}.${id}` as `style.cinematic`) : id;
}

export const styleName = (id: string, t: Words) => named("style", id, t);
export const languageName = (id: string, t: Words) => named("spoken", id, t);
export const profileName = (id: string, t: Words) => named("profile", id, t);
export const tierName = (id: string, t: Words) => named("tier", id, t);
export const statusName = (id: string, t: Words) => named("status", id, t);

/** A reason without the advice for whoever runs the service, which names settings and options. */
export function reasonFor(failure: string): string {
  const [reason = "", ...advice] = failure.split("; ");
  if (!advice.some((part) => /AIPROD_|--\w/.test(part))) return failure;
  return reason.endsWith(".") ? reason : `${reason}.`;
}
