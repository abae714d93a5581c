import { X } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/button";
import { FileDrop } from "@/features/create/FileDrop";
import type { PartProps } from "@/features/create/Section";

/** Somebody's own narration. */
export function OwnRecording({ draft, change }: PartProps) {
  const { t } = useTranslation("create");
  const { recording } = draft;
  return (
    <div className="grid gap-3">
      <p className="text-sm font-semibold">{t("recording.label")}</p>
      {recording === null ? (
        <FileDrop
          accept="audio/*,video/*"
          label={t("recording.label")}
          refuse={({ kind }) => (kind === "picture" ? t("media.sound") : "")}
          onMedia={(media) => change({ recording: media })}
        />
      ) : (
        <div className="flex items-center gap-3 rounded-card border border-line bg-raised p-3 pl-5">
          <div className="grid min-w-0 flex-1 gap-2">
            <p className="truncate font-semibold">{recording.name}</p>
            {/* The narration is what is being brought: its words are not known before the film is made. */}
            {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
            <audio controls src={recording.url} className="h-10 w-full" />
          </div>
          <Button look="quiet" size="icon" onClick={() => change({ recording: null })}>
            <X aria-hidden />
            <span className="sr-only">{t("media.remove", { name: recording.name })}</span>
          </Button>
        </div>
      )}
      <p className="text-sm text-muted">{t("recording.hint")}</p>
    </div>
  );
}
