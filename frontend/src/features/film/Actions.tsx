import { Download, Ellipsis, Heart, RotateCcw, Share2, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useDeletion, useFavourite, useRetry } from "@/client/films";
import { isOver } from "@/client/live";
import { useSession } from "@/client/session";
import { size } from "@/components/amounts";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { useToasts } from "@/components/ui/toast";
import type { Film } from "@/features/film/queries";
import { ShareButton } from "@/features/film/Share";

const KNOWN = ["film", "subtitles", "thumbnail", "poster", "timeline", "script"] as const;

/** What can be done with a finished film. */
export function Actions({ film }: { film: Film }) {
  const { t } = useTranslation("film");
  const { account } = useSession();
  const { complain } = useToasts();
  const favourite = useFavourite(film.id);
  return (
    <div className="flex flex-wrap gap-2 max-sm:[&_button]:px-3 sm:gap-3">
      <Downloads film={film} />
      <ShareButton film={film} icon={<Share2 aria-hidden />} />
      {account !== null && (
        <Button
          look="secondary"
          size="icon"
          aria-pressed={film.favourite}
          aria-label={t(film.favourite ? "action.unfavourite" : "action.favourite")}
          onClick={() => favourite.mutate(!film.favourite, { onError: complain })}
        >
          <Heart aria-hidden className={film.favourite ? "fill-accent text-accent-ink" : ""} />
        </Button>
      )}
      {film.progress !== null && <More film={film} />}
    </div>
  );
}

function Downloads({ film }: { film: Film }) {
  const { t } = useTranslation("film");
  const shown = film.files.filter(({ name }) => !["manifest.json", "review.json"].includes(name));
  return (
    <Menu
      trigger={
        <Button>
          <Download aria-hidden />
          {t("action.download")}
        </Button>
      }
    >
      {shown.map((file) => {
        const [stem = "", suffix = ""] = file.name.split(".");
        const kind = KNOWN.find((one) => one === stem) ?? "other";
        return (
          <MenuItem key={file.name} asChild>
            <a href={`${file.url}?download=true`} download>
              <span className="flex-1 font-semibold">
                {t(`download.${kind}`)} <span className="text-sm font-normal text-muted uppercase">{suffix}</span>
              </span>
              <span className="figures text-sm text-muted">{size(file.bytes)}</span>
            </a>
          </MenuItem>
        );
      })}
    </Menu>
  );
}

function More({ film }: { film: Film }) {
  const { t } = useTranslation("film");
  const { t: app } = useTranslation();
  const goto = useNavigate();
  const { say, complain } = useToasts();
  const retry = useRetry(film.id);
  const deletion = useDeletion(film.id);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <Button look="secondary" size="icon" aria-label={t("action.more")}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        {isOver(film.status) && (
          <>
            <MenuItem onSelect={() => retry.mutate(undefined, { onSuccess: () => say(t("say.retried")), onError: complain })}>
              <RotateCcw aria-hidden />
              {t("action.remakeAll")}
            </MenuItem>
            <MenuLine />
          </>
        )}
        <MenuItem className="text-danger" onSelect={() => setAsking(true)}>
          <Trash2 aria-hidden className="text-danger" />
          {t("action.delete")}
        </MenuItem>
      </Menu>
      <Dialog title={t("action.deleteTitle")} description={t("action.deleteHint")} open={asking} onOpenChange={setAsking}>
        <div className="flex flex-wrap justify-end gap-3">
          <DialogClose asChild>
            <Button look="secondary">{app("action.cancel")}</Button>
          </DialogClose>
          <Button
            look="danger"
            busy={deletion.isPending}
            onClick={() => {
              const deleted = () => {
                say(t("action.deleted"));
                void goto("/library");
              };
              // By then the page may know by its socket that the film is gone, and this is no part of it any more.
              deletion.mutateAsync().then(deleted, complain);
            }}
          >
            {app("action.delete")}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
