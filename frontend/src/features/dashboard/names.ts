import type { TFunction } from "i18next";

import en from "@/texts/en/dashboard.json";

/** What a stage, or what hears of events, is called; itself where it has no name here. */
export function stageName(name: string, t: TFunction<"dashboard">): string {
  return name in en.stage ? t(`stage.${name}` as "stage.script") : name;
}
