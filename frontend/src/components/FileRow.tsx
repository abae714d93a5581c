import { Clapperboard, FileImage, Music, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useFileDeletion, type Media } from "@/client/media";
import { clock, day, inALine, size } from "@/components/amounts";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useToasts } from "@/components/ui/toast";

interface FileRowProps {
  file: Media;
  /** What else can be done with it than deleting it. */
  action?: ReactNode;
}

/** A file that somebody brought: what it is, how long or large; it can be deleted. */
export function FileRow({ file, action }: FileRowProps) {
  const { t } = useTranslation();
  const { say, complain } = useToasts();
  const deletion = useFileDeletion();
  const [asking, setAsking] = useState(false);
  const facts = inALine([
    t(`file.kind.${file.kind}`),
    file.seconds === null ? "" : clock(file.seconds),
    file.width_px !== null && file.height_px !== null ? `${file.width_px} × ${file.height_px}` : "",
    size(file.bytes),
    day(file.created_at),
  ]);
  return (
    <li className="flex items-center gap-3 py-4 sm:gap-4">
      <FileLook file={file} />
      <div className="grid min-w-0 flex-1 gap-1">
        <a href={file.url} target="_blank" rel="noreferrer" className="truncate font-semibold hover:text-accent-ink">
          {file.name}
        </a>
        <p className="figures text-sm text-muted">{facts}</p>
      </div>
      {action}
      <Button look="quiet" size="icon" aria-label={t("file.deleteOf", { name: file.name })} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
      </Button>
      <Confirm
        title={t("file.ask", { name: file.name })}
        description={t("file.warning")}
        action={t("action.delete")}
        open={asking}
        onOpenChange={setAsking}
        busy={deletion.isPending}
        onConfirm={() =>
          deletion.mutate(file.id, { onSuccess: () => say(t("file.deleted")), onError: complain, onSettled: () => setAsking(false) })
        }
      />
    </li>
  );
}

/** A picture as it is; a sign for what cannot be seen at a glance. */
export function FileLook({ file }: { file: Media }) {
  const [gone, setGone] = useState(false);
  const icons = { picture: <FileImage aria-hidden />, clip: <Clapperboard aria-hidden />, sound: <Music aria-hidden /> };
  if (file.kind === "picture" && !gone) {
    return (
      <img src={file.url} alt="" loading="lazy" onError={() => setGone(true)} className="size-12 shrink-0 rounded-control bg-sunken object-cover" />
    );
  }
  return <span className="grid size-12 shrink-0 place-items-center rounded-control bg-sunken text-muted dark:bg-ground [&_svg]:size-5">{icons[file.kind]}</span>;
}
