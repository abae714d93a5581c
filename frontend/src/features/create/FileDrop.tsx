import { Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useFilesChanged, type Media } from "@/client/media";
import { FormFault } from "@/components/states";
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

interface Sending {
  name: string;
  part: number;
}

/** Where files are chosen or dropped; each is sent at once. */
export function FileDrop({ accept, label, multiple = false, refuse, onMedia }: FileDropProps) {
  const { t } = useTranslation("create");
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [refused, setRefused] = useState("");
  const changed = useFilesChanged();

  const send = async (files: readonly File[]) => {
    setError(null);
    setRefused("");
    try {
      for (const file of multiple ? files : files.slice(0, 1)) {
        setSending({ name: file.name, part: 0 });
        const media = await upload(file, (part) => setSending({ name: file.name, part }));
        const reason = refuse(media);
        if (reason) setRefused(`${file.name}: ${reason}`);
        else onMedia(media);
      }
    } catch (fault) {
      setError(fault);
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
        <span className="font-semibold">{sending ? t("media.sending", { name: sending.name }) : t("media.drop")}</span>
        {sending && <Progress label={t("media.sending", { name: sending.name })} value={sending.part} className="w-full max-w-64" />}
      </label>
      {refused && (
        <p role="alert" className="text-sm text-danger">
          {refused}
        </p>
      )}
      <FormFault error={error} />
    </div>
  );
}
