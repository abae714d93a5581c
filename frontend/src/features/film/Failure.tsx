import { RotateCcw, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { useRetry, type Film } from "@/features/film/queries";

/** Why there is no film (of this version), and what can be done. */
export function Failure({ film }: { film: Film }) {
  const { t } = useTranslation("film");
  const { say, complain } = useToasts();
  const retry = useRetry(film.id);
  const stopped = film.status === "cancelled";
  return (
    <Card aria-labelledby="failure" className="grid gap-6 sm:grid-cols-[auto_1fr]">
      <TriangleAlert aria-hidden className={stopped ? "size-7 text-muted" : "size-7 text-danger"} />
      <div className="grid gap-6">
        <div className="grid gap-2">
          {film.ready ? (
            <h2 id="failure" className="title-section">
              {t(stopped ? "failed.cancelled" : "failed.title")}
            </h2>
          ) : (
            <h1 id="failure" className="title-page">
              {t(stopped ? "failed.cancelled" : "failed.title")}
            </h1>
          )}
          {!film.ready && film.title && <p className="font-semibold">“{film.title}”</p>}
          {film.progress?.failure && <p className="max-w-2xl text-pretty">{film.progress.failure}</p>}
          <p className="text-muted">
            {film.ready ? t("failed.before") : t(stopped ? "failed.cancelledHint" : "failed.free")}
          </p>
        </div>
        <div className="grid gap-3">
          <h3 className="text-sm font-semibold">{t("failed.what")}</h3>
          {!stopped && (
            <ul className="grid list-disc gap-1 pl-5 text-muted">
              <li>{t("failed.retryHint")}</li>
              {film.scenes.length > 0 && <li>{t("failed.change")}</li>}
            </ul>
          )}
          <div className="mt-1 flex flex-wrap gap-3">
            {!stopped && (
              <Button
                busy={retry.isPending}
                onClick={() => retry.mutate(undefined, { onSuccess: () => say(t("say.retried")), onError: complain })}
              >
                <RotateCcw aria-hidden />
                {t("failed.retry")}
              </Button>
            )}
            <Button asChild look="secondary">
              <Link to={film.theme ? `/create?${new URLSearchParams({ theme: film.theme }).toString()}` : "/create"}>{t("failed.other")}</Link>
            </Button>
          </div>
        </div>
      </div>
    </Card>
  );
}
