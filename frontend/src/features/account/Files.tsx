import { useQuery } from "@tanstack/react-query";
import { Clapperboard, FileImage, Music, Paperclip, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Schemas } from "@/client/client";
import { clock, day, size } from "@/components/amounts";
import { Empty } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Card } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { filesQuery, useFileDeletion } from "@/features/account/queries";
import { Shelf } from "@/features/account/Shelf";

type File = Schemas["Media"];

/** Pictures, clips and sounds that were brought. */
export function Files() {
  const { t } = useTranslation("account");
  const { data, isPending, error, refetch } = useQuery(filesQuery);
  return (
    <Shelf title={t("files.title")} lead={t("files.lead")} pending={isPending} error={data ? null : error} onRetry={() => void refetch()}>
      <Card className="py-2 sm:py-3">
        {data?.items.length === 0 ? (
          <Empty
            className="py-10"
            icon={<Paperclip aria-hidden />}
            title={t("files.none")}
            hint={t("files.noneHint")}
            action={
              <Button asChild look="secondary">
                <Link to="/create">{t("files.create")}</Link>
              </Button>
            }
          />
        ) : (
          <ul className="grid divide-y divide-line">{data?.items.map((file) => <Row key={file.id} file={file} />)}</ul>
        )}
      </Card>
    </Shelf>
  );
}

function Row({ file }: { file: File }) {
  const { t } = useTranslation("account");
  const { say, complain } = useToasts();
  const deletion = useFileDeletion();
  const [asking, setAsking] = useState(false);
  const facts = [
    t(`files.kind.${file.kind}`),
    file.width_px !== null && file.height_px !== null ? `${file.width_px} × ${file.height_px}` : "",
    file.seconds === null ? "" : clock(file.seconds),
    size(file.bytes),
    day(file.created_at),
  ].filter(Boolean);
  return (
    <li className="flex items-center gap-4 py-4">
      <Preview file={file} />
      <div className="grid min-w-0 flex-1 gap-1">
        <a href={file.url} target="_blank" rel="noreferrer" className="truncate font-semibold hover:text-accent-ink">
          {file.name}
        </a>
        <p className="figures text-sm text-muted">{facts.join(" · ")}</p>
      </div>
      <Button look="quiet" size="icon" aria-label={t("files.deleteOf", { name: file.name })} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
      </Button>
      <Confirm
        title={t("files.ask", { name: file.name })}
        description={t("files.warning")}
        action={t("files.delete")}
        open={asking}
        onOpenChange={setAsking}
        busy={deletion.isPending}
        onConfirm={() =>
          deletion.mutate(file.id, { onSuccess: () => say(t("files.deleted")), onError: complain, onSettled: () => setAsking(false) })
        }
      />
    </li>
  );
}

function Preview({ file }: { file: File }) {
  const [gone, setGone] = useState(false);
  const icons = { picture: <FileImage aria-hidden />, clip: <Clapperboard aria-hidden />, sound: <Music aria-hidden /> };
  if (file.kind === "picture" && !gone) {
    return (
      <img src={file.url} alt="" loading="lazy" onError={() => setGone(true)} className="size-14 shrink-0 rounded-control bg-sunken object-cover" />
    );
  }
  return <span className="grid size-14 shrink-0 place-items-center rounded-control bg-sunken text-muted dark:bg-ground [&_svg]:size-5">{icons[file.kind]}</span>;
}
