import type { ReactNode } from "react";

import { classes } from "@/components/ui/classes";

interface FigureProps {
  label: string;
  value: string;
  hint: ReactNode;
  /** Somebody should look at it. */
  bad?: boolean;
}

/** A number that matters, with what it is and a word more. Its room is kept while it changes. */
export function Figure({ label, value, hint, bad = false }: FigureProps) {
  return (
    <dl className="grid min-w-0 content-start gap-1">
      <dt className="text-sm font-semibold text-muted">{label}</dt>
      <dd className={classes("figures truncate text-3xl font-semibold tracking-tight [font-stretch:112%]", bad && "text-danger")}>{value}</dd>
      <dd className="figures min-h-6 text-sm text-muted">{hint}</dd>
    </dl>
  );
}
