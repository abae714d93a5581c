import { Upload, X } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useFilesChanged, type Media } from "@/client/media";
import { size } from "@/components/amounts";
import { FormFault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Progress } from "@/components/ui/surface";
import { upload } from "@/features/create/upload";

interface FileDropProps {
  /** What the chooser offers, such as `audio/*`. */
  accept: string;
  label: string;
  multiple?: boolean;
  /** Why a file that was sent cannot be used here; empty where it can. */
  refuse: (media: Media) => string;
  onMedia: (media: Media) => void;
}

interface Sent {
  file: File;
  state: "sending" | "waiting" | "checking";
  part: number;
}

/** Where files are chosen or dropped; each is sent at once. */
export function FileDrop({ accept, label, multiple = false, refuse, onMedia }: FileDropProps) {
  const { t } = useTranslation("create");
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<Sent | null>(null);
  const stop = useRef<AbortController>(null);
  const [error, setError] = useState<unknown>(null);
  const [refused, setRefused] = useState("");
  const changed = useFilesChanged();

  const send = async (files: readonly File[]) => {
    if (sending) return;
    setError(null);
    setRefused("");
    const { signal } = (stop.current = new AbortController());
    try {
      for (const file of multiple ? files : files.slice(0, 1)) {
        setSending({ file, state: "sending", part: 0 });
        const media = await upload(file, { signal, onProgress: (state, part) => setSending({ file, state, part }) });
        const reason = refuse(media);
        if (reason) setRefused(`${file.name}: ${reason}`);
        else onMedia(media);
      }
    } catch (fault) {
      if (!signal.aborted) setError(fault);
    } finally {
      setSending(null);
      void changed();
    }
  };

  return (
    <div className="grid gap-3">
      <label
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void send([...event.dataTransfer.files]);
        }}
        className={classes(
          "grid justify-items-center gap-2.5 rounded-card border border-dashed px-6 py-8 text-center transition-colors",
          "has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-accent-ink",
          over ? "border-accent bg-accent/10" : "border-line-strong hover:border-accent-ink",
        )}
      >
        <input
          type="file"
          accept={accept}
          multiple={multiple}
          aria-label={label}
          disabled={sending !== null}
          className="sr-only"
          onChange={({ target }) => {
            void send([...(target.files ?? [])]);
            target.value = "";
          }}
        />
        <Upload aria-hidden className="size-5 text-muted" />
        <span className="max-w-full font-semibold break-words">{sending ? t("media.sending", { name: sending.file.name }) : t("media.drop")}</span>
        {sending && (
          <>
            <Progress
              label={t("media.sending", { name: sending.file.name })}
              value={sending.state === "checking" ? undefined : sending.part}
              className="w-full max-w-64"
            />
            {sending.state === "sending" ? (
              <span className="figures text-sm text-muted">
                {t("media.sent", { sent: size(sending.part * sending.file.size), total: size(sending.file.size) })}
              </span>
            ) : (
              <span role="status" className="text-sm text-muted">
                {t(`media.${sending.state}`)}
              </span>
            )}
          </>
        )}
      </label>
      {sending && (
        <Button look="secondary" size="small" className="justify-self-center" onClick={() => stop.current?.abort()}>
          <X aria-hidden />
          {t("media.stop")}
        </Button>
      )}
      {refused && (
        <p role="alert" className="text-sm text-danger">
          {refused}
        </p>
      )}
      <FormFault error={error} />
    </div>
  );
}
