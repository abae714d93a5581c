import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { duration, money } from "@/components/amounts";
import { Bars } from "@/components/Bars";
import { statusName } from "@/components/names";
import { Fault, useOnline } from "@/components/states";
import { buttonClasses } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Card, Skeleton } from "@/components/ui/surface";
import { Charts } from "@/features/dashboard/Charts";
import { useDay, type Day } from "@/features/dashboard/feed";
import { Figure } from "@/features/dashboard/Figure";
import { inOrder, stageName, took } from "@/features/dashboard/names";
import { Renderers } from "@/features/dashboard/Renderers";
import { medians, total } from "@/features/dashboard/sums";
import { locale } from "@/texts/i18n";

const STATUSES = ["queued", "scripting", "narrating", "rendering", "assembling", "reviewing"] as const;

export default function DashboardPage() {
  const { t } = useTranslation("dashboard");
  const { data, error, refetch, live: heard } = useDay();
  const live = useOnline() && heard;
  return (
    <div className="page grid gap-6 pt-8 pb-20 sm:pt-12">
      <title>{`${t("title")} · AIPROD`}</title>
      <header className="flex flex-wrap items-end justify-between gap-4 pb-2">
        <div className="grid gap-2">
          <h1 className="title-page">{t("title")}</h1>
          <p className="text-muted">{t("lead")}</p>
        </div>
        <p role="status" className="flex items-center gap-2 text-sm font-semibold text-muted">
          <span aria-hidden className={classes("size-2 rounded-full", live ? "animate-glow bg-accent" : "bg-line-strong")} />
          {t(live ? "live" : "asking")}
        </p>
      </header>
      {data ? <Found day={data} /> : error ? <Fault error={error} onRetry={() => void refetch()} /> : <Waiting />}
    </div>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")} className="grid gap-6">
      <Skeleton className="h-32 w-full rounded-card" />
      <div className="grid gap-6 lg:grid-cols-2">
        <Skeleton className="h-80 rounded-card" />
        <Skeleton className="h-80 rounded-card" />
      </div>
    </div>
  );
}

function Found({ day }: { day: Day }) {
  const { points, now } = day;
  const { t } = useTranslation("dashboard");
  const { t: app } = useTranslation();
  const sum = total(points);
  const atWork = Object.values(now.videos).reduce((before, count) => before + count, 0);
  const waiting = now.point.queue_events + now.point.clips_waiting;
  const percent = new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 });
  const stages = [...medians(points)].filter(([name]) => !name.startsWith("render ")).sort(([one], [other]) => inOrder(one, other));
  // Where the cloud does not tell what waits for a stage, it still tells which clips wait.
  const told = now.queues.map(({ subscription, events }): [string, number] => [subscription, events]);
  const queues = (told.length > 0 ? told : Object.entries(now.clips)).sort(([one], [other]) => inOrder(one, other));
  return (
    <>
      <Card aria-label={t("figures")} className="grid grid-cols-2 gap-x-6 gap-y-7 md:grid-cols-3 xl:grid-cols-6">
        <Figure label={t("figure.ready")} value={String(sum.completed)} hint={t("figure.asked", { count: sum.asked })} />
        <Figure
          label={t("figure.success")}
          value={sum.success === null ? "–" : percent.format(sum.success)}
          hint={t("figure.failed", { count: sum.failed })}
          bad={sum.success !== null && sum.success < 0.8}
        />
        <Figure
          label={t("figure.atWork")}
          value={String(atWork)}
          hint={atWork > 0 ? t("figure.oldest", { time: duration(now.oldest_seconds) }) : t("figure.idle")}
        />
        <Figure
          label={t("figure.waiting")}
          value={String(waiting)}
          hint={waiting > 0 ? t("figure.since", { time: duration(now.point.queue_oldest_seconds) }) : t("figure.none")}
        />
        <Figure
          label={t("figure.cost")}
          value={money(sum.cost)}
          hint={sum.gpuSeconds > 0 ? t("figure.gpu", { time: duration(sum.gpuSeconds) }) : t("figure.noGpu")}
        />
        <Figure
          label={t("figure.letters")}
          value={now.dead_letters === null ? "–" : String(now.dead_letters)}
          bad={(now.dead_letters ?? 0) > 0}
          hint={
            now.dead_letters ? (
              <Link to="/admin?part=letters" className={classes(buttonClasses({ look: "quiet", size: "small" }), "-mx-3.5 h-6 text-accent-ink")}>
                {t("figure.look")}
              </Link>
            ) : (
              t(now.dead_letters === null ? "figure.untold" : "figure.handled")
            )
          }
        />
      </Card>
      <Charts points={points} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="grid gap-6">
          <Card aria-labelledby="stages" className="grid gap-5">
            <div className="grid gap-1">
              <h2 id="stages" className="title-section">
                {t("stages.title")}
              </h2>
              <p className="text-sm text-muted">{t("stages.hint")}</p>
            </div>
            {stages.length === 0 ? (
              <p className="text-muted">{t("stages.none")}</p>
            ) : (
              <Bars rows={stages.map(([name, seconds]) => ({ label: stageName(name, t), value: seconds, text: took(seconds) }))} />
            )}
          </Card>
          <Renderers points={points} now={now} />
        </div>
        <div className="grid gap-6">
          <Card aria-labelledby="films-now" className="grid gap-5">
            <h2 id="films-now" className="title-section">
              {t("now.title")}
            </h2>
            <Bars rows={STATUSES.map((status) => ({ label: statusName(status, app), value: now.videos[status] ?? 0 }))} most={Math.max(1, atWork)} />
          </Card>
          <Card aria-labelledby="queues" className="grid gap-5">
            <h2 id="queues" className="title-section">
              {t("queues.title")}
            </h2>
            {queues.length === 0 ? (
              <p className="text-muted">{t("queues.none")}</p>
            ) : (
              <Bars rows={queues.map(([name, count]) => ({ label: stageName(name, t), value: count }))} />
            )}
          </Card>
        </div>
      </div>
    </>
  );
}
