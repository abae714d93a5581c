import { useId, type ReactNode } from "react";

import { Fault } from "@/components/states";
import { Card, Skeleton } from "@/components/ui/surface";

interface ShelfProps {
  title: string;
  lead: string;
  /** What adds to it. */
  action?: ReactNode;
  pending: boolean;
  error: unknown;
  onRetry: () => void;
  children: ReactNode;
}

/** A list of the account's things, in each of its states. */
export function Shelf({ title, lead, action, pending, error, onRetry, children }: ShelfProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} aria-busy={pending} className="grid gap-6">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="grid flex-1 basis-72 gap-1.5">
          <h2 id={id} className="title-section">
            {title}
          </h2>
          <p className="text-muted text-pretty">{lead}</p>
        </div>
        {action}
      </div>
      {pending ? (
        <Card className="grid gap-4">
          <Skeleton className="h-6 w-1/2" />
          <Skeleton className="h-6 w-3/4" />
        </Card>
      ) : error ? (
        <Fault error={error} onRetry={onRetry} />
      ) : (
        children
      )}
    </section>
  );
}
