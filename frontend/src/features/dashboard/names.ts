import type { TFunction } from "i18next";

import { duration } from "@/components/amounts";
import en from "@/texts/en/dashboard.json";
import { locale } from "@/texts/i18n";

/** Stages in the order of a film. */
const ORDER = ["script", "narration", "clips", "render-cpu", "render-gpu", "render-api", "assembly", "review", "notify", "monitor"];

export function inOrder(one: string, other: string): number {
  const place = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return place(one) - place(other);
}

/** A time that may be very short. */
export function took(seconds: number): string {
  if (seconds >= 10) return duration(seconds);
  const [value, unit] = seconds < 1 ? [Math.round(seconds * 1000), "millisecond"] : [seconds, "second"];
  return new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(value);
}

/** What a stage, or what hears of events, is called; itself where it has no name here. */
export function stageName(name: string, t: TFunction<"dashboard">): string {
  return name in en.stage ? t(`stage.${name}` as "stage.script") : name;
}
