import { Pencil, PenLine, RotateCcw, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useRetry } from "@/client/films";
import { failureWords } from "@/components/failures";
import { reasonFor } from "@/components/names";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import type { Film } from "@/features/film/queries";
import { SceneEditor } from "@/features/film/SceneEditor";

/** Kinds of failure that may be gone by the next try, though nothing was changed. */
const PASSING = new Set(["conflict", "not-possible-now", "own-fault", "storage-full", "too-many-requests", "took-too-long", "unavailable"]);

/** Why there is no film (of this version), and what can be done. */
export function Failure({ film }: { film: Film }) {
  const { t } = useTranslation("film");
  const { t: app } = useTranslation();
  const { say, complain } = useToasts();
  const retry = useRetry(film.id);
  const stopped = film.status === "cancelled";
  const unwritten = film.scenes.length === 0;
  const words = failureWords(film.progress ?? { failed_in: "", failure_kind: "" }, useTranslation("failure").t);
  const passing = PASSING.has(film.progress?.failure_kind ?? "");
  const rewrite = unwritten && !passing;
  const undrawn = film.progress?.scenes.find(({ status }) => status === "failed");
  const redraw = !stopped && !passing && undrawn !== undefined;
  const Title = film.ready ? "h2" : "h1";
  const again = (
    <Button
      look={rewrite || redraw ? "secondary" : "primary"}
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
          {!stopped && <p className="max-w-2xl text-pretty">{[words.what, words.why].join(" ").trim()}</p>}
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
            {stopped ? t("failed.stoppedHint") : words.next}
          </p>
          <div className="mt-2 flex flex-wrap gap-3">
            {redraw && (
              <SceneEditor
                film={film}
                scene={undrawn}
                trigger={
                  <Button>
                    <Pencil aria-hidden />
                    {t("scene.editOf", { number: undrawn.scene })}
                  </Button>
                }
              />
            )}
            {!stopped && !rewrite && again}
            {unwritten && (
              <Button asChild look={rewrite ? "primary" : "secondary"}>
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
            {!stopped && rewrite && again}
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
