/** French and English. Each language's texts are one file that is loaded when it is wanted. */
import i18n from "i18next";
import { initReactI18next } from "react-i18next";

import type { Texts } from "@/texts/en";

export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT = "aiprod.language";
const loaders: Record<Language, () => Promise<{ texts: Texts }>> = {
  en: () => import("@/texts/en"),
  fr: () => import("@/texts/fr"),
};

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: Texts;
  }
}

function isLanguage(value: string | null | undefined): value is Language {
  return LANGUAGES.some((language) => language === value);
}

function wanted(): Language {
  const kept = localStorage.getItem(KEPT);
  const first = navigator.language.slice(0, 2);
  return isLanguage(kept) ? kept : isLanguage(first) ? first : "en";
}

/** French sets some marks apart, by a space at which no line may break. */
function spaced(bundle: object): object {
  const text = JSON.stringify(bundle).replace(/(?<=\S) (?=[:;?!»])/g, "\u00a0").replace(/« /g, "«\u00a0");
  return JSON.parse(text) as object;
}

async function load(language: Language): Promise<void> {
  if (i18n.hasResourceBundle(language, "app")) return;
  const { texts } = await loaders[language]();
  for (const [room, bundle] of Object.entries(texts)) i18n.addResourceBundle(language, room, language === "fr" ? spaced(bundle) : bundle);
}

/** Speak a language from now on, and remember it. */
export async function speak(language: Language): Promise<void> {
  await load(language);
  await i18n.changeLanguage(language);
  localStorage.setItem(KEPT, language);
}

/** The language that is spoken. */
export function spoken(): Language {
  return isLanguage(i18n.language) ? i18n.language : "en";
}

/** The language that is spoken, as the reader's own country writes it: `en-GB` tells days and hours otherwise than `en-US`. */
export function locale(): string {
  return navigator.languages.find((one) => one.slice(0, 2) === spoken()) ?? spoken();
}

/** Called once, before anything is shown. */
export async function startTexts(language: Language = wanted()): Promise<void> {
  i18n.on("languageChanged", (now) => (document.documentElement.lang = now));
  await i18n.use(initReactI18next).init({
    fallbackLng: false,
    defaultNS: "app",
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    resources: {},
    showSupportNotice: false,
    lng: language,
  });
  await load(language);
  await i18n.changeLanguage(language);
}
