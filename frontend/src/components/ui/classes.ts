import { clsx, type ClassValue } from "clsx";
import { twMerge } from "tailwind-merge";

/** Classes joined; of two that contradict each other the later one counts. */
export function classes(...given: ClassValue[]): string {
  return twMerge(clsx(given));
}
