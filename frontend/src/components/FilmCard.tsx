import { Film, Heart, TriangleAlert } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Schemas } from "@/client/client";
import { isOver } from "@/client/live";
import { ago, clock, inALine } from "@/components/amounts";
import { languageName, statusName, styleName } from "@/components/names";
import { Badge } from "@/components/ui/surface";

interface FilmCardProps {
  film: Schemas["VideoCard"];
  /** What can be done with it, in the picture's corner; without it, a heart where it is a favourite. */
  corner?: ReactNode;
  /** What stands where the picture will be, while there is none. */
  instead?: ReactNode;
  /** What more there is to say, below its facts. */
  children?: ReactNode;
}

/** A film in a list: its picture, its title, what it is. All of the card leads to the film, save what lies above it. */
export function FilmCard({ film, corner, instead, children }: FilmCardProps) {
  const { t } = useTranslation();
  const facts = [styleName(film.style, t), languageName(film.language, t), ago(film.created_at)];
  return (
    <article className="group relative grid content-start gap-3">
      <div className="relative aspect-9/16 overflow-hidden rounded-card bg-sunken">
        <Picture film={film} instead={instead} />
        <div className="absolute inset-x-3 top-3 flex items-start justify-between gap-2">
          {!isOver(film.status) && <Badge tone="accent">{statusName(film.status, t)}</Badge>}
          {film.status === "failed" && (
            <Badge className="bg-ground text-danger dark:bg-ground dark:text-danger">
              <TriangleAlert aria-hidden className="size-3" />
              {statusName(film.status, t)}
            </Badge>
          )}
          {film.status === "cancelled" && <Badge className="bg-ground text-muted dark:bg-ground">{statusName(film.status, t)}</Badge>}
          {film.favourite && corner === undefined && (
            <span className="ml-auto grid size-7 place-items-center rounded-full bg-black/55 text-white">
              <Heart aria-label={t("films.favourite")} className="size-3.5 fill-current" />
            </span>
          )}
        </div>
        {film.seconds !== null && (
          <span className="figures absolute right-3 bottom-3 rounded-md bg-black/70 px-1.5 py-0.5 text-xs font-semibold text-white">
            <span className="sr-only">{t("films.lasts")} </span>
            {clock(film.seconds)}
          </span>
        )}
      </div>
      <div className="grid gap-1">
        <h3 className="line-clamp-2 font-semibold text-balance group-hover:text-accent-ink">
          <Link to={`/films/${film.id}`} className="rounded-card after:absolute after:inset-0 after:rounded-card">
            {film.title || t("films.untitled")}
          </Link>
        </h3>
        <p className="text-sm text-muted">{inALine(facts)}</p>
      </div>
      {children}
      {corner !== undefined && <div className="absolute top-2 right-2 flex gap-1.5">{corner}</div>}
    </article>
  );
}

function Picture({ film, instead }: Pick<FilmCardProps, "film" | "instead">) {
  const [gone, setGone] = useState(false);
  if (!film.ready || gone) {
    return (
      <div className="h-full rounded-card border border-line">
        {instead ?? (
          <div className="grid h-full place-items-center text-line-strong">
            <Film aria-hidden className="size-8" />
          </div>
        )}
      </div>
    );
  }
  return (
    <img
      src={`/api/v1/videos/${film.id}/thumbnail`}
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => setGone(true)}
      className="size-full object-cover transition-transform duration-500 group-hover:scale-[1.03]"
    />
  );
}
