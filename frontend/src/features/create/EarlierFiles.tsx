import { useQuery } from "@tanstack/react-query";
import { FolderOpen } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { filesQuery, type Media } from "@/client/media";
import { FileRow } from "@/components/FileRow";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

interface EarlierFilesProps {
  /** What the files are for, as the dialog is called. */
  label: string;
  /** Whether a file can be used here. */
  fits: (media: Media) => boolean;
  onMedia: (media: Media) => void;
}

/** The files that were brought before, to choose one of; nothing where none fits. */
export function EarlierFiles({ label, fits, onMedia }: EarlierFilesProps) {
  const { t } = useTranslation("create");
  const { data } = useQuery(filesQuery);
  const [open, setOpen] = useState(false);
  const files = (data?.items ?? []).filter(fits);
  if (files.length === 0 && !open) return null;
  return (
    <Dialog
      title={label}
      description={t("media.earlierHint")}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button look="secondary" size="small" className="justify-self-start">
          <FolderOpen aria-hidden />
          {t("media.earlier", { count: files.length })}
        </Button>
      }
    >
      {files.length === 0 ? (
        <p className="py-6 text-center text-muted">{t("media.earlierNone")}</p>
      ) : (
        <ul className="-my-2 grid divide-y divide-line">
          {files.map((file) => (
            <FileRow
              key={file.id}
              file={file}
              action={
                <Button
                  look="secondary"
                  size="small"
                  aria-label={t("media.chooseOf", { name: file.name })}
                  onClick={() => {
                    onMedia(file);
                    setOpen(false);
                  }}
                >
                  {t("media.choose")}
                </Button>
              }
            />
          ))}
        </ul>
      )}
    </Dialog>
  );
}
