import { X } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Media } from "@/client/media";
import { clock } from "@/components/amounts";
import { Button } from "@/components/ui/button";
import { EarlierFiles } from "@/features/create/EarlierFiles";
import { FileDrop } from "@/features/create/FileDrop";

interface OwnSoundProps {
  label: string;
  hint: string;
  sound: Media | null;
  onChange: (sound: Media | null) => void;
}

/** Somebody's own narration or music. */
export function OwnSound({ label, hint, sound, onChange }: OwnSoundProps) {
  const { t } = useTranslation("create");
  return (
    <div className="grid gap-3">
      <p className="text-sm font-semibold">{label}</p>
      {sound === null ? (
        <>
          <FileDrop
            accept="audio/*,video/*"
            label={label}
            refuse={({ kind }) => (kind === "picture" ? t("media.sound") : "")}
            onMedia={onChange}
          />
          <EarlierFiles label={label} fits={({ kind }) => kind !== "picture"} onMedia={onChange} />
        </>
      ) : (
        <div className="flex items-center gap-3 rounded-card border border-line bg-raised p-3 pl-5">
          <div className="grid min-w-0 flex-1 gap-2">
            <p className="flex items-baseline justify-between gap-3">
              <span className="truncate font-semibold">{sound.name}</span>
              {sound.seconds !== null && <span className="figures text-sm text-muted">{clock(sound.seconds)}</span>}
            </p>
            {/* What is being brought: its words are not known before the film is made. */}
            {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
            <audio controls src={sound.url} className="h-10 w-full" />
          </div>
          <Button look="quiet" size="icon" onClick={() => onChange(null)}>
            <X aria-hidden />
            <span className="sr-only">{t("media.remove", { name: sound.name })}</span>
          </Button>
        </div>
      )}
      <p className="text-sm text-muted">{hint}</p>
    </div>
  );
}
