import { Check, Square } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Way } from "@/client/live";
import { clock } from "@/components/amounts";
import { useNow } from "@/components/now";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Progress } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { useCancel, type Film } from "@/features/film/queries";

const STEPS = ["scripting", "narrating", "rendering", "assembling", "reviewing"] as const;
type Step = (typeof STEPS)[number];

function isStep(status: string): status is Step {
  return STEPS.some((step) => step === status);
}

/** How far a film is: the room that works on it now, and how long each took. */
export function Making({ film, way }: { film: Film; way: Way }) {
  const { t } = useTranslation("film");
  const { t: app } = useTranslation();
  const now = useNow();
  const { progress } = film;
  const done = (progress?.scenes ?? []).reduce((sum, scene) => sum + (scene.status === "ready" ? scene.frames : scene.frames_done), 0);
  const total = (progress?.scenes ?? []).reduce((sum, scene) => sum + scene.frames, 0);
  const history = (progress?.history ?? []).filter(({ revision }) => revision === progress?.revision);
  const current = STEPS.findIndex((step) => step === film.status);
  const headline = isStep(film.status) ? t(`progress.${film.status}`) : t("progress.queued");
  const Title = film.ready ? "h2" : "h1";
  return (
    <section aria-label={t("progress.label")} className="grid gap-8">
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <div className="grid min-w-0 gap-2">
          <p className="flex items-center gap-2 text-sm font-semibold text-muted">
            <span aria-hidden className={classes("size-2 rounded-full", way === "lost" ? "bg-line-strong" : "animate-glow bg-accent")} />
            {t(way === "lost" ? "progress.lost" : "progress.live")}
          </p>
          <Title className="title-page" aria-live="polite">
            {headline}
          </Title>
          {film.title && !film.ready && <p className="text-lg text-muted text-pretty">{app("quoted", { text: film.title })}</p>}
          {film.ready && <p className="text-muted">{t("progress.remaking")}</p>}
        </div>
        <Stop film={film} />
      </div>
      <ol className="grid grid-cols-5 gap-1.5 sm:gap-3">
        {STEPS.map((step, index) => {
          const entered = history.find(({ status }) => status === step)?.at;
          const left = history.find(({ at, status }) => entered !== undefined && at >= entered && status !== step)?.at;
          const state = index < current ? "done" : index === current ? "now" : "next";
          const part = step === "rendering" && state === "now" && total > 0 ? done / total : undefined;
          return (
            <li key={step} aria-current={state === "now" ? "step" : undefined} className="grid content-start gap-2">
              {state === "now" ? (
                <Progress label={t(`step.${step}`)} value={part} />
              ) : (
                <div className={classes("h-1.5 rounded-full", state === "done" ? "bg-accent" : "bg-line")} />
              )}
              <p className={classes("flex items-center gap-1 truncate text-xs font-semibold sm:text-sm", state === "next" && "text-muted")}>
                {t(`step.${step}`)}
                {state === "done" && <Check aria-hidden className="size-3.5 text-accent-ink" strokeWidth={3} />}
                <span className="sr-only">, {t(`progress.${state}`)}</span>
              </p>
              <p className="figures h-4 text-xs text-muted">
                {entered !== undefined && clock((state === "now" ? now : (left ?? now)) - entered)}
              </p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Stop({ film }: { film: Film }) {
  const { t } = useTranslation("film");
  const { complain } = useToasts();
  const cancel = useCancel(film.id);
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={t("progress.cancelTitle")}
      description={t("progress.cancelHint")}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button look="secondary" size="small">
          <Square aria-hidden className="fill-current" />
          {t("progress.cancel")}
        </Button>
      }
    >
      <div className="flex flex-wrap justify-end gap-3">
        <DialogClose asChild>
          <Button look="secondary">{t("progress.keep")}</Button>
        </DialogClose>
        <Button
          look="danger"
          busy={cancel.isPending}
          onClick={() => cancel.mutate(undefined, { onError: complain, onSettled: () => setOpen(false) })}
        >
          {t("progress.cancelYes")}
        </Button>
      </div>
    </Dialog>
  );
}
