import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { duration, money } from "@/components/amounts";
import { Card } from "@/components/ui/surface";
import { Chart, type Series } from "@/features/dashboard/Chart";
import type { Point } from "@/features/dashboard/feed";
import { hours, total } from "@/features/dashboard/sums";

const count = (value: number) => (Number.isInteger(value) ? String(value) : "");

/** The last 24 hours, hour by hour. */
export function Charts({ points }: { points: readonly Point[] }) {
  const { t } = useTranslation("dashboard");
  const now = points.at(-1)?.at ?? 0;
  const day = useMemo(() => hours(points, now), [points, now]);
  const sum = total(points);
  const times = useMemo(() => day.map(({ at }) => at), [day]);
  const charts = useMemo(
    () => ({
      films: [
        {
          label: t("chart.failed"),
          role: "danger",
          shape: "bars",
          values: day.map(({ failed }) => failed),
          heights: day.map(({ completed, failed }) => completed + failed),
        },
        { label: t("chart.ready"), role: "accent", shape: "bars", values: day.map(({ completed }) => completed) },
      ] satisfies Series[],
      queue: [
        { label: t("chart.waiting"), role: "muted", shape: "area", values: day.map(({ waiting }) => waiting) },
        { label: t("chart.atWork"), role: "accent", shape: "line", values: day.map(({ atWork }) => atWork) },
      ] satisfies Series[],
      age: [{ label: t("chart.oldest"), role: "accent", shape: "area", values: day.map(({ oldest }) => oldest) }] satisfies Series[],
      cost: [{ label: t("chart.cost"), role: "accent", shape: "bars", values: day.map(({ cost }) => cost) }] satisfies Series[],
    }),
    [day, t],
  );
  const most = (values: readonly number[]) => Math.max(0, ...values);
  const shown = [
    {
      name: "films",
      series: charts.films,
      say: count,
      least: 4,
      summary: t("chart.filmsTold", { ready: sum.completed, failed: sum.failed }),
    },
    {
      name: "queue",
      series: charts.queue,
      say: count,
      least: 4,
      summary: t("chart.queueTold", { waiting: most(charts.queue[0]?.values ?? []), atWork: most(charts.queue[1]?.values ?? []) }),
    },
    {
      name: "age",
      series: charts.age,
      say: age,
      least: 30,
      summary: t("chart.ageTold", { time: age(most(charts.age[0]?.values ?? [])) }),
    },
    { name: "cost", series: charts.cost, say: money, least: 0.04, summary: t("chart.costTold", { cost: money(sum.cost) }) },
  ] as const;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      {shown.map(({ name, ...chart }) => (
        <Card key={name} className="min-w-0">
          <Chart title={t(`chart.${name}`)} times={times} {...chart} />
        </Card>
      ))}
    </div>
  );
}

function age(seconds: number): string {
  return seconds < 0.5 ? "0" : duration(seconds);
}
