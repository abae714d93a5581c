import type { ComponentProps } from "react";

import { classes } from "@/components/ui/classes";

/** A raised surface. */
export function Card({ className, ...rest }: ComponentProps<"section">) {
  return <section className={classes("rounded-card border border-line bg-raised p-6 sm:p-7", className)} {...rest} />;
}

const TONES = {
  plain: "bg-sunken text-muted dark:bg-line dark:text-ink",
  accent: "bg-accent text-on-accent",
  good: "text-good border border-current",
  danger: "text-danger border border-current",
} as const;

interface BadgeProps extends ComponentProps<"span"> {
  tone?: keyof typeof TONES;
}

/** A word that says in which state something is. */
export function Badge({ tone = "plain", className, ...rest }: BadgeProps) {
  return (
    <span
      className={classes("inline-flex h-6 items-center gap-1.5 rounded-full px-2.5 text-xs font-semibold whitespace-nowrap", TONES[tone], className)}
      {...rest}
    />
  );
}

/** Where something will be. */
export function Skeleton({ className, ...rest }: ComponentProps<"div">) {
  return <div aria-hidden data-skeleton className={classes("animate-glow rounded-control bg-line/70", className)} {...rest} />;
}

interface ProgressProps {
  label: string;
  /** From 0 to 1; undefined while nobody knows. */
  value?: number | undefined;
  className?: string;
}

export function Progress({ label, value, className }: ProgressProps) {
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={classes("h-1.5 overflow-hidden rounded-full bg-line", className)}
    >
      <div
        className={classes("h-full rounded-full bg-accent transition-[width] duration-500", percent === undefined && "w-full animate-glow motion-reduce:opacity-45")}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
