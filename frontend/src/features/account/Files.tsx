import { useQuery } from "@tanstack/react-query";
import { Paperclip } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { filesQuery } from "@/client/media";
import { FileRow } from "@/components/FileRow";
import { Empty } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/surface";
import { Shelf } from "@/features/account/Shelf";

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
          <ul className="grid divide-y divide-line">{data?.items.map((file) => <FileRow key={file.id} file={file} />)}</ul>
        )}
      </Card>
    </Shelf>
  );
}
