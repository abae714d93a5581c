import { Send } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useVisibility } from "@/client/films";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import { useToasts } from "@/components/ui/toast";
import type { Film } from "@/features/film/queries";

/** Who may see the film, and the link to it. */
export function ShareButton({ film, icon }: { film: Film; icon: ReactNode }) {
  const { t } = useTranslation("film");
  const { complain } = useToasts();
  const visibility = useVisibility(film.id);
  const link = `${location.origin}/films/${film.id}`;
  const mine = film.progress !== null;
  return (
    <Dialog
      title={t("share.title")}
      trigger={
        <Button look="secondary" className="max-sm:[&_svg]:hidden">
          {icon}
          {t("action.share")}
        </Button>
      }
    >
      {mine && (
        <Switch
          label={t(film.public ? "share.public" : "share.private")}
          hint={t(film.public ? "share.publicHint" : "share.privateHint")}
          checked={film.public}
          onChange={(on) => visibility.mutate(on, { onError: complain })}
        />
      )}
      <Field label={t("share.link")}>
        {(ties) => (
          <div className="flex gap-2">
            <Input {...ties} readOnly value={link} onFocus={({ target }) => target.select()} className="min-w-0 text-sm" />
            <CopyButton look={film.public || !mine ? "primary" : "secondary"} className="h-12" text={link} label={t("share.link")} />
          </div>
        )}
      </Field>
      {"share" in navigator && (
        <Button
          look="secondary"
          onClick={() => {
            navigator.share({ title: film.title, url: link }).catch((error: unknown) => {
              if (!(error instanceof DOMException && error.name === "AbortError")) complain(error);
            });
          }}
        >
          <Send aria-hidden />
          {t("share.send")}
        </Button>
      )}
    </Dialog>
  );
}
