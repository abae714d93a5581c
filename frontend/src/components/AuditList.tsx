import { ShieldX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { TFunction } from "i18next";

import type { Schemas } from "@/client/client";
import { moment } from "@/components/amounts";
import { Badge } from "@/components/ui/surface";
import en from "@/texts/en/app.json";

export const ACTS = Object.keys(en.act);

/** What an act of the audit trail is called. */
export function actName(act: string, t: TFunction): string {
  return act in en.act ? t(`act.${act}` as "act.sign_in") : act;
}

interface AuditListProps {
  entries: readonly Schemas["AuditEntry"][];
  /** What to call who did it, where several people's acts are shown. */
  who?: (user: string) => string;
}

/** Acts, the last first. */
export function AuditList({ entries, who }: AuditListProps) {
  const { t } = useTranslation();
  return (
    <ol className="grid divide-y divide-line">
      {entries.map((entry) => (
        <li key={entry.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-3.5">
          <span className="grid min-w-0 flex-1 basis-64 gap-0.5">
            <span className="flex flex-wrap items-center gap-2 font-semibold">
              {actName(entry.act, t)}
              {entry.refused && (
                <Badge tone="danger">
                  <ShieldX aria-hidden className="size-3" />
                  {t("audit.refused")}
                </Badge>
              )}
            </span>
            <span className="text-sm break-words text-muted">
              {[who?.(entry.user), entry.detail, entry.on && t("audit.on", { what: entry.on }), entry.key && t("audit.key", { key: entry.key })]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </span>
          <span className="figures text-sm text-muted">
            {entry.address && <span className="mr-3">{entry.address}</span>}
            <time dateTime={new Date(entry.at * 1000).toISOString()}>{moment(entry.at)}</time>
          </span>
        </li>
      ))}
    </ol>
  );
}
