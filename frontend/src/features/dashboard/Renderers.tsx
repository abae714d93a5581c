import { useTranslation } from "react-i18next";

import { Badge, Card } from "@/components/ui/surface";
import type { Point, State } from "@/features/dashboard/feed";
import { took } from "@/features/dashboard/names";
import { medians } from "@/features/dashboard/sums";

/** Whether each renderer made the last clip that it tried, and how long its clips take. */
export function Renderers({ points, now }: { points: readonly Point[]; now: State }) {
  const { t } = useTranslation("dashboard");
  const times = medians(points);
  const known = new Map(points.flatMap((point) => Object.entries(point.renderers)));
  for (const [name, well] of Object.entries(now.point.renderers)) known.set(name, well);
  return (
    <Card aria-labelledby="renderers" className="grid content-start gap-5">
      <div className="grid gap-1">
        <h2 id="renderers" className="title-section">
          {t("renderers.title")}
        </h2>
        <p className="text-sm text-muted">{t("renderers.hint")}</p>
      </div>
      {known.size === 0 ? (
        <p className="text-muted">{t("renderers.none")}</p>
      ) : (
        <ul className="grid divide-y divide-line">
          {[...known].map(([name, well]) => {
            const seconds = times.get(`render ${name}`);
            return (
              <li key={name} className="flex items-center justify-between gap-4 py-3 first:pt-0 last:pb-0">
                <span className="grid gap-0.5">
                  <span className="font-semibold">{name}</span>
                  <span className="figures text-sm text-muted">
                    {seconds === undefined ? t("renderers.untimed") : t("renderers.time", { time: took(seconds) })}
                  </span>
                </span>
                <Badge tone={well ? "good" : "danger"}>{t(well ? "renderers.well" : "renderers.ill")}</Badge>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
