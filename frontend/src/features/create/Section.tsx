import type { Draft } from "@/features/create/draft";
import { useId, type ReactNode } from "react";

interface SectionProps {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** A part of the form, with its title. */
export function Section({ title, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id={id} className="title-section">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** Part of a draft, or what makes it of the draft as it is by then. */
export type Change = Partial<Draft> | ((before: Draft) => Partial<Draft>);

export interface PartProps {
  draft: Draft;
  change: (part: Change) => void;
}
