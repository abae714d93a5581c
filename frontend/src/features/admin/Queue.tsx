import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { duration } from "@/components/amounts";
import { Bars } from "@/components/Bars";
import { statusName } from "@/components/names";
import { Fault } from "@/components/states";
import { Card, Skeleton } from "@/components/ui/surface";
import { queueQuery } from "@/features/admin/queries";

const STATUSES = ["queued", "scripting", "narrating", "rendering", "assembling", "reviewing"] as const;

/** What is at work, and what waits. */
export function Queue() {
  const { t } = useTranslation("admin");
  const { t: app } = useTranslation();
  const { data, error, refetch } = useQuery(queueQuery);
  if (error && !data) return <Fault error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-56 w-full rounded-card" />;
  const total = Object.values(data.videos).reduce((sum, count) => sum + count, 0);
  const queues = Object.entries(data.clips);
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <Card aria-labelledby="at-work" className="grid content-start gap-5">
        <div className="grid gap-1">
          <h2 id="at-work" className="title-section">
            {t("queue.films", { count: total })}
          </h2>
          <p className="figures min-h-6 text-muted">
            {total > 0 ? t("queue.oldest", { time: duration(data.oldest_seconds) }) : t("queue.nothing")}
          </p>
        </div>
        <Bars rows={STATUSES.map((status) => ({ label: statusName(status, app), value: data.videos[status] ?? 0 }))} most={total} />
      </Card>
      <Card aria-labelledby="waiting" className="grid content-start gap-5">
        <div className="grid gap-1">
          <h2 id="waiting" className="title-section">
            {t("queue.clips", { count: queues.reduce((sum, [, count]) => sum + count, 0) })}
          </h2>
          <p className="min-h-6 text-muted">{t("queue.clipsHint")}</p>
        </div>
        <Bars rows={queues.map(([label, value]) => ({ label, value }))} />
      </Card>
    </div>
  );
}
