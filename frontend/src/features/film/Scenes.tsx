import { useQuery } from "@tanstack/react-query";
import { Pencil, Play } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Schemas } from "@/client/client";
import { isOver } from "@/client/live";
import { clock } from "@/components/amounts";
import { causeOf } from "@/components/failures";
import { reasonFor } from "@/components/names";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Progress, Skeleton } from "@/components/ui/surface";
import { chaptersQuery, type Film } from "@/features/film/queries";
import { SceneEditor } from "@/features/film/SceneEditor";

type SceneState = Schemas["SceneState"];
type SceneText = Schemas["SceneText"];

interface ScenesProps {
  film: Film;
  /** Play the film from a second on, where there is a film. */
  onPlay?: ((seconds: number) => void) | undefined;
}

/** The shape of a film's pictures: its own, or before it has one that of where it goes. */
function shapeOf(film: Film): string {
  const wide = film.width_px && film.height_px ? film.width_px > film.height_px : film.profile === "web" || film.profile === "broadcast";
  return wide ? "aspect-video" : film.width_px && film.width_px === film.height_px ? "aspect-square" : "aspect-9/16";
}

/** The scenes: chapters of a finished film, tiles of one that is being made; the owner changes them. */
export function Scenes({ film, onPlay }: ScenesProps) {
  const { t } = useTranslation("film");
  const { data: chapters } = useQuery(chaptersQuery(film));
  const { progress } = film;
  const working = !isOver(film.status);
  const bad = film.status === "failed" || film.status === "cancelled";
  if (bad && film.scenes.length === 0) return null;
  const list = onPlay !== undefined && !working;
  return (
    <section aria-labelledby="scenes" className="grid gap-5">
      <div className="grid gap-1">
        <h2 id="scenes" className="title-section">
          {t("scene.title")}
        </h2>
        {working && <p className="text-muted">{t("scene.lead")}</p>}
      </div>
      {film.scenes.length === 0 && (
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4 lg:grid-cols-6">
          {Array.from({ length: 6 }, (_, index) => (
            <Skeleton key={index} className="aspect-9/16 rounded-card" />
          ))}
        </div>
      )}
      <ol className={list ? "grid gap-1" : "grid grid-cols-2 gap-x-4 gap-y-7 sm:grid-cols-[repeat(auto-fill,minmax(11rem,1fr))]"}>
        {film.scenes.map((scene) => {
          const state = progress?.scenes.find((one) => one.scene === scene.scene);
          const seconds = chapters?.find((one) => one.scene === scene.scene)?.seconds;
          return list ? (
            <Chapter key={scene.scene} film={film} scene={scene} state={state} seconds={seconds} onPlay={onPlay} />
          ) : (
            <Tile key={scene.scene} film={film} scene={scene} state={state} />
          );
        })}
      </ol>
    </section>
  );
}

interface SceneProps {
  film: Film;
  scene: SceneText;
  state: SceneState | undefined;
}

function Picture({ film, scene, state, className }: SceneProps & { className: string }) {
  const { t } = useTranslation("film");
  const there = film.ready || state?.status === "ready";
  const version = `${film.progress?.revision ?? 0}-${state?.attempt ?? 0}-${state?.status ?? ""}`;
  const [gone, setGone] = useState("");
  if (!there || gone === version) {
    return <div className={classes("bg-sunken", state?.status === "rendering" && !isOver(film.status) && "animate-glow", className)} />;
  }
  return (
    <img
      src={`/api/v1/videos/${film.id}/scenes/${scene.scene}/picture?of=${version}`}
      alt={t("scene.alt", { number: scene.scene, title: scene.title || scene.visual.slice(0, 80) })}
      loading="lazy"
      decoding="async"
      onError={() => setGone(version)}
      className={classes("bg-sunken object-cover motion-safe:animate-rise", className)}
    />
  );
}

function Tile({ film, scene, state }: SceneProps) {
  const { t } = useTranslation("film");
  // Nobody draws any more what was at work when the film ended.
  const status = isOver(film.status) && state?.status !== "ready" && state?.status !== "failed" ? "unmade" : (state?.status ?? "pending");
  const { t: failure } = useTranslation("failure");
  const cause = causeOf(state?.failure_kind ?? "", failure);
  const said = { rendering: t("scene.rendering"), ready: t("scene.ready"), failed: t("scene.failed"), unmade: t("scene.unmade") }[status] ?? t("scene.waiting");
  return (
    <li className="grid content-start gap-3">
      <div className="relative overflow-hidden rounded-card border border-line">
        <Picture film={film} scene={scene} state={state} className={classes("w-full", shapeOf(film))} />
        {state !== undefined && status === "rendering" && (
          <div className="absolute inset-x-4 bottom-4">
            <Progress label={t("scene.number", { number: scene.scene })} value={state.frames ? state.frames_done / state.frames : undefined} />
          </div>
        )}
      </div>
      <div className="grid gap-1">
        <p className="figures flex flex-wrap items-baseline justify-between gap-x-2 text-sm">
          <span className="font-semibold">{t("scene.number", { number: scene.scene })}</span>
          <span className={status === "failed" ? "text-danger" : "text-muted"}>
            {said}
            {state !== undefined && state.attempt > 1 && `, ${t("scene.attempt", { count: state.attempt })}`}
          </span>
        </p>
        <p className="line-clamp-3 text-sm text-muted">{scene.text}</p>
        {cause && <p className="text-sm text-pretty">{cause}</p>}
        {state?.failure && (
          <p lang="en" className="line-clamp-4 text-sm text-muted">
            {reasonFor(state.failure)}
          </p>
        )}
        {film.progress !== null && isOver(film.status) && <Edit film={film} scene={scene} />}
      </div>
    </li>
  );
}

interface ChapterProps extends SceneProps {
  seconds: number | undefined;
  onPlay: (seconds: number) => void;
}

function Chapter({ film, scene, state, seconds, onPlay }: ChapterProps) {
  const { t } = useTranslation("film");
  return (
    <li className="group -mx-3 flex items-start gap-4 rounded-control p-3 transition-colors hover:bg-sunken dark:hover:bg-raised">
      <button
        type="button"
        disabled={seconds === undefined}
        onClick={() => onPlay(seconds ?? 0)}
        aria-label={`${t("scene.play")}: ${t("scene.number", { number: scene.scene })}`}
        className="relative shrink-0 overflow-hidden rounded-lg"
      >
        <Picture film={film} scene={scene} state={state} className={classes(shapeOf(film), shapeOf(film) === "aspect-video" ? "w-28 sm:w-40" : "h-24")} />
        <span aria-hidden className="absolute inset-0 grid place-items-center bg-black/35 text-white opacity-0 transition-opacity group-hover:opacity-100">
          <Play className="size-5 fill-current" />
        </span>
      </button>
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="figures flex items-baseline gap-2.5 text-sm">
          <span className="font-semibold">{scene.title || t("scene.number", { number: scene.scene })}</span>
          {seconds !== undefined && <span className="text-muted">{clock(seconds)}</span>}
        </p>
        <p className="text-[0.9375rem] text-pretty text-muted">{scene.text}</p>
      </div>
      {film.progress !== null && <Edit film={film} scene={scene} small />}
    </li>
  );
}

function Edit({ film, scene, small = false }: { film: Film; scene: SceneText; small?: boolean }) {
  const { t } = useTranslation("film");
  return (
    <SceneEditor
      film={film}
      scene={scene}
      trigger={
        <Button look={small ? "quiet" : "secondary"} size={small ? "icon" : "small"} aria-label={t("scene.editOf", { number: scene.scene })}>
          <Pencil aria-hidden />
          {!small && t("scene.edit")}
        </Button>
      }
    />
  );
}
