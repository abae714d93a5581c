import { Film, Heart, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Schemas } from "@/client/client";
import { ago } from "@/components/amounts";
import { languageName, statusName, styleName } from "@/components/names";
import { Badge } from "@/components/ui/surface";

const OVER = new Set(["completed", "failed", "cancelled"]);

/** A film in a list: its picture, its title, what it is. */
export function FilmCard({ film }: { film: Schemas["VideoCard"] }) {
  const { t } = useTranslation();
  const working = !OVER.has(film.status);
  const facts = [styleName(film.style, t), languageName(film.language, t), ago(film.created_at)].filter(Boolean);
  return (
    <Link to={`/films/${film.id}`} className="group grid content-start gap-3 rounded-card">
      <div className="relative aspect-9/16 overflow-hidden rounded-card bg-sunken">
        <Picture film={film} />
        <div className="absolute inset-x-3 top-3 flex justify-between gap-2">
          {working && <Badge tone="accent">{statusName(film.status, t)}</Badge>}
          {film.status === "failed" && (
            <Badge className="bg-ground text-danger dark:bg-ground dark:text-danger">
              <TriangleAlert aria-hidden className="size-3" />
              {statusName(film.status, t)}
            </Badge>
          )}
          {film.favourite && (
            <span className="ml-auto grid size-7 place-items-center rounded-full bg-black/55 text-white">
              <Heart aria-label={t("films.favourite")} className="size-3.5 fill-current" />
            </span>
          )}
        </div>
      </div>
      <div className="grid gap-1">
        <h3 className="line-clamp-2 font-semibold text-balance group-hover:text-accent-ink">{film.title || t("films.untitled")}</h3>
        <p className="text-sm text-muted">{facts.join(" · ")}</p>
      </div>
    </Link>
  );
}

function Picture({ film }: { film: Schemas["VideoCard"] }) {
  const [gone, setGone] = useState(false);
  if (!film.ready || gone) {
    return (
      <div className="grid h-full place-items-center text-line-strong">
        <Film aria-hidden className="size-8" />
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
