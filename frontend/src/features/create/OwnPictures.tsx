import { X } from "lucide-react";
import { useTranslation } from "react-i18next";

import { clock } from "@/components/amounts";
import { FileLook } from "@/components/FileRow";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import type { Picture } from "@/features/create/draft";
import { EarlierFiles } from "@/features/create/EarlierFiles";
import { FileDrop } from "@/features/create/FileDrop";
import { MOST_SCENE, sceneFault, sceneFor } from "@/features/create/scenes";
import type { PartProps } from "@/features/create/Section";

/** Somebody's own pictures and clips, each for a scene. */
export function OwnPictures({ draft, change }: PartProps) {
  const { t } = useTranslation("create");
  const { pictures } = draft;
  const wrong = sceneFault(pictures);
  const put = (next: readonly Picture[]) => change({ pictures: next.toSorted((one, other) => one.scene - other.scene) });
  const add = (media: Picture["media"]) => change((before) => withPicture(before.pictures, media));
  return (
    <div className="grid gap-3">
      <p className="text-sm font-semibold">{t("media.title")}</p>
      {pictures.length > 0 && (
        <ul className="grid gap-2">
          {pictures.map((picture) => (
            <li key={picture.media.id} className="flex items-center gap-3 rounded-card border border-line bg-raised p-2.5 pr-1.5">
              <FileLook file={picture.media} />
              <p className="min-w-0 flex-1">
                <span className="block truncate font-semibold">{picture.media.name}</span>
                {picture.media.seconds !== null && <span className="figures block text-sm text-muted">{clock(picture.media.seconds)}</span>}
              </p>
              <label className="flex items-center gap-2 text-sm text-muted">
                {t("media.scene")}
                <Input
                  inputMode="numeric"
                  value={picture.scene || ""}
                  aria-invalid={picture.scene === wrong?.scene || undefined}
                  className="figures h-11 w-16 px-2 text-center"
                  onChange={({ target }) => {
                    const scene = Math.min(MOST_SCENE, Number(target.value.replace(/\D/g, "")));
                    change({ pictures: pictures.map((one) => (one === picture ? { ...one, scene } : one)) });
                  }}
                />
              </label>
              <Button look="quiet" size="icon" onClick={() => put(pictures.filter((one) => one !== picture))}>
                <X aria-hidden />
                <span className="sr-only">{t("media.remove", { name: picture.media.name })}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {wrong && (
        <p role="alert" className="text-sm text-danger">
          {t(wrong.fault === "twice" ? "media.twice" : "media.noScene", { scene: wrong.scene })}
        </p>
      )}
      <FileDrop
        multiple
        accept="image/*,video/*"
        label={t("media.add")}
        refuse={({ kind }) => (kind === "sound" ? t("media.picture") : "")}
        onMedia={add}
      />
      <EarlierFiles
        label={t("media.title")}
        fits={({ id, kind }) => kind !== "sound" && pictures.every(({ media }) => media.id !== id)}
        onMedia={add}
      />
      <p className="text-sm text-muted">{t("media.hint")}</p>
    </div>
  );
}

function withPicture(pictures: readonly Picture[], media: Picture["media"]) {
  const added = [...pictures, { scene: sceneFor(media.name, pictures), media }];
  return { pictures: added.toSorted((one, other) => one.scene - other.scene) };
}
