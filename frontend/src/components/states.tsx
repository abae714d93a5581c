/** What a page shows when there is nothing to show: nothing yet, an error, no connection. */
import { CircleAlert, WifiOff } from "lucide-react";
import { useSyncExternalStore, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { told, type Told } from "@/client/problem";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";

/** Faults that are told of at once: where they stand, the button below them must stay within reach. */
const MOST_FAULTS = 3;

interface EmptyProps {
  icon?: ReactNode;
  title: string;
  hint?: ReactNode;
  /** What to do about it. */
  action?: ReactNode;
  className?: string;
  /** Whether it is all that the page holds. */
  whole?: boolean;
}

/** Nothing is here, why, and what to do. */
export function Empty({ icon, title, hint, action, className, whole = false }: EmptyProps) {
  const Title = whole ? "h1" : "h2";
  return (
    <div className={classes("mx-auto grid max-w-md justify-items-center gap-3 px-4 py-16 text-center", className)}>
      {icon && <div className="mb-1 text-muted [&_svg]:size-8">{icon}</div>}
      <Title className="title-section">{title}</Title>
      {hint && <p className="text-muted text-pretty">{hint}</p>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-3">{action}</div>}
    </div>
  );
}

interface FaultProps {
  error: unknown;
  onRetry?: () => void;
  className?: string;
}

/** Something could not be had: in a sentence, with a way to try again. */
export function Fault({ error, onRetry, className }: FaultProps) {
  const { t } = useTranslation();
  const { sentence, id, ...words } = told(error, t);
  return (
    <div role="alert" className={classes("mx-auto grid max-w-md justify-items-center gap-3 px-4 py-16 text-center", className)}>
      <CircleAlert aria-hidden className="mb-1 size-8 text-danger" />
      <p className="title-section text-balance">{sentence}</p>
      <Words {...words} />
      {id && <p className="text-sm text-muted">{t("state.quote", { id })}</p>}
      {onRetry && (
        <Button look="secondary" className="mt-3" onClick={onRetry}>
          {t("state.retry")}
        </Button>
      )}
    </div>
  );
}

/** What the service itself says, below the sentence for everybody: it speaks English alone. */
function Words({ detail, faults }: Pick<Told, "detail" | "faults">) {
  const { t } = useTranslation();
  const more = faults.length - MOST_FAULTS;
  return (
    <>
      {detail && (
        <p lang="en" className="text-sm text-muted">
          {detail}
        </p>
      )}
      {faults.length > 0 && (
        <ul className="grid gap-1.5 text-sm">
          {faults.slice(0, MOST_FAULTS).map(({ place, words }) => (
            <li key={`${place} ${words}`} className="grid">
              {place && <span className="font-semibold">{place}</span>}
              <span lang="en" className="text-muted">
                {words}
              </span>
            </li>
          ))}
          {more > 0 && <li className="text-muted">{t("state.faults", { count: more })}</li>}
        </ul>
      )}
    </>
  );
}

/** What went wrong with a form, above its button. */
export function FormFault({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (error === null || error === undefined) return null;
  const { sentence, id, ...words } = told(error, t);
  return (
    <div role="alert" className="grid gap-1.5 rounded-control border border-danger px-4 py-3">
      <p className="font-semibold text-danger">{sentence}</p>
      <Words {...words} />
      {id && <p className="text-sm text-muted">{t("state.quote", { id })}</p>}
    </div>
  );
}

function watchConnection(changed: () => void): () => void {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}

export function useOnline(): boolean {
  return useSyncExternalStore(watchConnection, () => navigator.onLine);
}

/** Says so where there is no connection. */
export function OfflineLine() {
  const { t } = useTranslation();
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <p className="flex items-center justify-center gap-2.5 bg-accent px-5 py-2 text-center text-sm font-semibold text-on-accent">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          {t("state.offline")}
        </p>
      )}
    </div>
  );
}
