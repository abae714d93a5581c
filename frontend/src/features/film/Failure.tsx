import { PenLine, RotateCcw, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useRetry } from "@/client/films";
import { reasonFor } from "@/components/names";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { STEPS, type Step } from "@/features/film/Making";
import type { Film } from "@/features/film/queries";

/** Where it came to an end: the last of the steps that this version entered. */
export function endOf({ progress }: Film): Step {
  const entered = (progress?.history ?? []).filter(({ revision }) => revision === progress?.revision).map(({ status }) => status);
  return STEPS.findLast((step) => entered.includes(step)) ?? "scripting";
}

/** Why there is no film (of this version), and what can be done. */
export function Failure({ film }: { film: Film }) {
  const { t } = useTranslation("film");
  const { t: app } = useTranslation();
  const { say, complain } = useToasts();
  const retry = useRetry(film.id);
  const stopped = film.status === "cancelled";
  const unwritten = film.scenes.length === 0;
  const end = endOf(film);
  const Title = film.ready ? "h2" : "h1";
  const again = (
    <Button
      look={unwritten ? "secondary" : "primary"}
      busy={retry.isPending}
      onClick={() => retry.mutate(undefined, { onSuccess: () => say(t("say.retried")), onError: complain })}
    >
      <RotateCcw aria-hidden />
      {t("failed.retry")}
    </Button>
  );
  return (
    <Card aria-labelledby="failure" className="grid gap-5 sm:grid-cols-[auto_1fr] sm:gap-7 sm:p-10">
      <TriangleAlert aria-hidden className={stopped ? "size-8 text-muted" : "size-8 text-danger"} />
      <div className="grid gap-8">
        <div className="grid gap-3">
          <Title id="failure" className={film.ready ? "title-section" : "title-page"}>
            {t(stopped ? "failed.cancelled" : "failed.title")}
          </Title>
          {!film.ready && film.title && <p className="text-lg font-semibold">{app("quoted", { text: film.title })}</p>}
          {!stopped && <p className="max-w-2xl text-pretty">{t(`failed.why.${end}`)}</p>}
          {film.progress?.failure && (
            <p lang="en" className="max-w-2xl border-l-2 border-line pl-3 text-sm text-pretty text-muted">
              {reasonFor(film.progress.failure)}
            </p>
          )}
          <p className="text-muted">{film.ready ? t("failed.before") : t(stopped ? "failed.cancelledHint" : "failed.free")}</p>
        </div>
        <div className="grid gap-3">
          <p className="text-sm font-semibold">{t("failed.what")}</p>
          <p className="max-w-2xl text-muted text-pretty">
            {t(stopped ? "failed.stoppedHint" : unwritten && end === "scripting" ? (film.theme ? "failed.unwrittenHint" : "failed.correctHint") : `failed.do.${end}`)}
          </p>
          <div className="mt-2 flex flex-wrap gap-3">
            {!stopped && !unwritten && again}
            {unwritten && (
              <Button asChild>
                <Link to={film.theme ? `/create?${new URLSearchParams({ theme: film.theme }).toString()}` : "/create"}>
                  <PenLine aria-hidden />
                  {t(film.theme ? "failed.line" : "failed.other")}
                </Link>
              </Button>
            )}
            {unwritten && film.theme && (
              <Button asChild look="secondary">
                <Link to="/create?source=script">{t("failed.script")}</Link>
              </Button>
            )}
            {!stopped && unwritten && again}
            {!unwritten && (
              <Button asChild look="secondary">
                <Link to="/create">{t("failed.other")}</Link>
              </Button>
            )}
          </div>
        </div>
      </div>
    </Card>
  );
}
