import { useQuery } from "@tanstack/react-query";
import { Clapperboard } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { isOver } from "@/client/live";
import { Problem } from "@/client/problem";
import { filmQuery } from "@/client/queries";
import { Empty, Fault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/surface";
import { About } from "@/features/film/About";
import { Actions } from "@/features/film/Actions";
import { Facts } from "@/features/film/Facts";
import { Failure } from "@/features/film/Failure";
import { Player, type PlayerHandle } from "@/features/film/Player";
import { Making } from "@/features/film/Making";
import { useLive, type Film } from "@/features/film/queries";
import { Scenes } from "@/features/film/Scenes";

export default function FilmPage() {
  const { t } = useTranslation("film");
  const { id = "" } = useParams();
  const { data: film, error, refetch } = useQuery(filmQuery(id));
  // Deleted, or made private, while somebody looks at it: what was known of it counts no more.
  if (error instanceof Problem && (error.kind === "not-found" || error.kind === "invalid-input")) {
    return (
      <Empty
        whole
        className="py-28"
        icon={<Clapperboard aria-hidden />}
        title={t("gone")}
        hint={t("goneHint")}
        action={
          <Button asChild look="secondary">
            <Link to="/library">{t("library")}</Link>
          </Button>
        }
      />
    );
  }
  if (film) return <Found key={id} film={film} />;
  if (error) return <Fault className="py-28" error={error} onRetry={() => void refetch()} />;
  return (
    <div className="page grid gap-10 py-10 lg:grid-cols-[24rem_1fr]">
      <Skeleton className="aspect-9/16 w-full rounded-card" />
      <div className="grid content-start gap-4">
        <Skeleton className="h-10 w-3/4" />
        <Skeleton className="h-5 w-1/2" />
      </div>
    </div>
  );
}

function Found({ film }: { film: Film }) {
  const { t } = useTranslation();
  const own = film.progress !== null;
  const working = !isOver(film.status);
  const way = useLive(film.id, own);
  const player = useRef<PlayerHandle>(null);
  const title = film.title || t("films.untitled");
  const wide = (film.width_px ?? 0) > (film.height_px ?? 1);
  const bad = film.status === "failed" || film.status === "cancelled";
  const scenes = (
    <Scenes film={film} onPlay={film.ready ? (seconds) => player.current?.playFrom(seconds) : undefined} />
  );
  return (
    <article className="page grid gap-12 pt-8 pb-20 sm:pt-12">
      <title>{`${title} · AIPROD`}</title>
      {own && working && <Making film={film} way={way} />}
      {own && bad && <Failure film={film} />}
      {film.ready ? (
        <div className={wide ? "grid gap-10" : "grid gap-10 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)] lg:gap-14"}>
          <Player ref={player} film={film} />
          <div className="grid min-w-0 content-start gap-9">
            <header className="grid gap-3">
              <h1 className="title-page">{title}</h1>
              <Facts film={film} />
            </header>
            <Actions film={film} />
            {scenes}
            <About film={film} />
          </div>
        </div>
      ) : (
        <>
          {!working && !own && <h1 className="title-page">{title}</h1>}
          {scenes}
        </>
      )}
    </article>
  );
}
