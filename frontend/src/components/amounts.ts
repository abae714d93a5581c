/** Numbers, times and sizes as a person reads them in their language. */
import { locale } from "@/texts/i18n";

/** `1:05`, for the length of a film: whole seconds that have passed, as players count them. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = `${String(minutes).padStart(hours ? 2 : 1, "0")}:${String(rest).padStart(2, "0")}`;
  return hours ? `${hours}:${tail}` : tail;
}

/** `3 min 20 s`, for how long something takes. */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const unit = (value: number, name: "hour" | "minute" | "second") =>
    new Intl.NumberFormat(locale(), { style: "unit", unit: name, unitDisplay: "short" }).format(value);
  if (whole < 60) return unit(whole, "second");
  if (whole < 3600) return [unit(Math.floor(whole / 60), "minute"), ...(whole % 60 ? [unit(whole % 60, "second")] : [])].join(" ");
  const minutes = Math.round(whole / 60);
  return [unit(Math.floor(minutes / 60), "hour"), ...(minutes % 60 ? [unit(minutes % 60, "minute")] : [])].join(" ");
}

/** `12.4 MB`. */
export function size(bytes: number): string {
  const [value, unit] =
    bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : bytes < 1e9 ? [bytes / 1e6, "megabyte"] : [bytes / 1e9, "gigabyte"];
  return new Intl.NumberFormat(locale(), { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** `$1.20`; less than a cent is not nothing. */
export function money(dollars: number): string {
  if (dollars > 0 && dollars < 0.01) return `< ${money(0.01)}`;
  return new Intl.NumberFormat(locale(), { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" }).format(dollars);
}

/** Short facts in one line, which breaks between them alone. */
export function inALine(facts: readonly string[]): string {
  const whole = facts.filter(Boolean).map((fact) => fact.replaceAll(" ", "\u00a0"));
  return whole.join(" · ");
}

/** A day, with the year where it is not this one. `at` is in seconds, as the backend tells times. */
export function day(at: number): string {
  const when = new Date(at * 1000);
  const year = when.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", year }).format(when);
}

/** The time of a day. */
export function hour(at: number): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: "short" }).format(new Date(at * 1000));
}

/** A day and the time of it. */
export function moment(at: number): string {
  return `${day(at)}, ${hour(at)}`;
}

/** `5 minutes ago`. */
export function ago(at: number, now: number = Date.now() / 1000): string {
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  const steps = [["second", 60], ["minute", 60], ["hour", 24], ["day", 30], ["month", 12]] as const;
  let value = now - at;
  for (const [unit, most] of steps) {
    if (Math.abs(value) < most) return relative.format(-Math.round(value), unit);
    value /= most;
  }
  return relative.format(-Math.round(value), "year");
}
