import { Ellipsis, Eye, EyeOff, Heart, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useDeletion, useFavourite, useRetry, useVisibility } from "@/client/films";
import { isOver } from "@/client/live";
import type { News } from "@/client/news";
import { useSession } from "@/client/session";
import { inALine } from "@/components/amounts";
import { failureWords } from "@/components/failures";
import { FilmCard } from "@/components/FilmCard";
import { statusName } from "@/components/names";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Confirm } from "@/components/ui/confirm";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { Progress } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import type { Card } from "@/features/library/queries";

const ROUND = "grid size-9 place-items-center rounded-full bg-black/55 text-white transition-colors hover:bg-black/80 [&_svg]:size-4";

interface FilmTileProps {
  film: Card;
  /** How far it is, where it is being made. */
  news: News | undefined;
}

/** A film of the library: what it is, how far, and what can be done with it. */
export function FilmTile({ film, news }: FilmTileProps) {
  const { t } = useTranslation();
  const { account } = useSession();
  const state = <State film={film} news={news} />;
  const told = inALine([
    film.ready && film.views > 0 ? t("views", { count: film.views }) : "",
    film.mine && film.ready ? t(film.public ? "films.public" : "films.private") : "",
  ]);
  return (
    <FilmCard film={film} corner={account === null ? undefined : <Corner film={film} />} instead={state}>
      {told && <p className="figures -mt-2 text-sm text-muted">{told}</p>}
      {film.ready && state}
    </FilmCard>
  );
}

/** How far it is, or why there is none: in the place of the picture, or below the film of the version before. */
function State({ film, news }: FilmTileProps) {
  const { t } = useTranslation("library");
  const { t: app } = useTranslation();
  const [missing, setMissing] = useState("");
  const place = film.ready ? "-mt-2" : "h-full content-end px-4 pt-14 pb-5";
  if (film.status === "failed" && film.failure !== null) return <Failed film={film} className={place} />;
  if (film.failure === null || isOver(film.status)) return null;
  const { revision = 0, scenes = 0, scenes_ready: done = 0 } = news ?? {};
  const drawing = film.status === "rendering" && scenes > 0;
  // The first scenes are drawn first. Where another one was faster, the next piece of news is a reason to look again.
  const version = `${revision}-${done}`;
  const picture = !film.ready && done > 0 && missing !== version;
  return (
    <div className={classes("relative grid", place)}>
      {picture && (
        <img
          src={`/api/v1/videos/${film.id}/scenes/1/picture?of=${version}`}
          alt=""
          onError={() => setMissing(version)}
          className="absolute inset-0 size-full rounded-card object-cover motion-safe:animate-rise"
        />
      )}
      <div className={classes("grid gap-2.5", picture && "relative -mx-2 -mb-3 rounded-control bg-ground px-3 py-2.5")}>
        {drawing && <p className="figures text-sm font-semibold">{t("scenes", { done, count: scenes })}</p>}
        <Progress label={statusName(film.status, app)} value={drawing ? done / scenes : undefined} />
      </div>
    </div>
  );
}

function Failed({ film, className }: { film: Card; className: string }) {
  const { t } = useTranslation("library");
  const { failed_in, failure_kind } = film;
  const words = failureWords({ failed_in: failed_in ?? "", failure_kind: failure_kind ?? "" }, useTranslation("failure").t);
  const { say, complain } = useToasts();
  const retry = useRetry(film.id);
  return (
    <div className={classes("grid gap-4", className)}>
      <div className="grid gap-1.5 text-sm text-pretty">
        <p>{words.what}</p>
        {words.why && <p className="text-muted max-sm:hidden">{words.why}</p>}
        <p className="text-xs text-muted">{words.next}</p>
      </div>
      <div className="relative z-10 flex flex-wrap gap-2">
        <Button
          look="secondary"
          size="small"
          busy={retry.isPending}
          onClick={() => retry.mutate(undefined, { onSuccess: () => say(t("say.retried")), onError: complain })}
        >
          <RotateCcw aria-hidden />
          {t("retry")}
        </Button>
      </div>
    </div>
  );
}

function Corner({ film }: { film: Card }) {
  const { t } = useTranslation("library");
  const { t: app } = useTranslation();
  const { complain } = useToasts();
  const favourite = useFavourite(film.id);
  const title = film.title || app("films.untitled");
  return (
    <>
      {film.ready && (
        <button
          type="button"
          className={ROUND}
          aria-pressed={film.favourite}
          aria-label={t(film.favourite ? "unfavourite" : "favourite", { title })}
          onClick={() => favourite.mutate(!film.favourite, { onError: complain })}
        >
          <Heart aria-hidden className={classes(film.favourite && "fill-accent text-accent")} />
        </button>
      )}
      {film.failure !== null && <Own film={film} title={title} />}
    </>
  );
}

/** What its owner (and an admin) can do. */
function Own({ film, title }: { film: Card; title: string }) {
  const { t } = useTranslation("library");
  const { t: app } = useTranslation();
  const { say, complain } = useToasts();
  const visibility = useVisibility(film.id);
  const deletion = useDeletion(film.id);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <button type="button" className={ROUND} aria-label={t("more", { title })}>
            <Ellipsis aria-hidden />
          </button>
        }
      >
        <MenuItem
          onSelect={() =>
            visibility.mutate(!film.public, {
              onSuccess: () => say(t(film.public ? "say.private" : "say.public")),
              onError: complain,
            })
          }
        >
          {film.public ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          {t(film.public ? "makePrivate" : "makePublic")}
        </MenuItem>
        <MenuLine />
        <MenuItem className="text-danger" onSelect={() => setAsking(true)}>
          <Trash2 aria-hidden className="text-danger" />
          {t("delete")}
        </MenuItem>
      </Menu>
      <Confirm
        title={t("deleteTitle", { title })}
        description={t("deleteHint")}
        action={app("action.delete")}
        open={asking}
        onOpenChange={setAsking}
        busy={deletion.isPending}
        onConfirm={() =>
          deletion.mutate(undefined, {
            onSuccess: () => say(t("say.deleted")),
            onError: complain,
            onSettled: () => setAsking(false),
          })
        }
      />
    </>
  );
}
