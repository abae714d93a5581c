/** Dark, light or the system's. public/theme.js reads what is kept here before the first paint. */
import { useSyncExternalStore } from "react";

export const THEMES = ["system", "dark", "light"] as const;
export type Theme = (typeof THEMES)[number];

const KEPT = "aiprod.theme";
const listeners = new Set<() => void>();
const light = window.matchMedia("(prefers-color-scheme: light)");

export function theme(): Theme {
  const kept = localStorage.getItem(KEPT);
  return THEMES.find((one) => one === kept) ?? "system";
}

function wear(): void {
  const wanted = theme();
  document.documentElement.dataset.theme = wanted === "system" ? (light.matches ? "light" : "dark") : wanted;
  for (const listener of listeners) listener();
}

export function setTheme(wanted: Theme): void {
  localStorage.setItem(KEPT, wanted);
  wear();
}

function listen(changed: () => void): () => void {
  if (listeners.size === 0) light.addEventListener("change", wear);
  listeners.add(changed);
  return () => {
    listeners.delete(changed);
    if (listeners.size === 0) light.removeEventListener("change", wear);
  };
}

export function useTheme(): Theme {
  return useSyncExternalStore(listen, theme);
}
