import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import { DialogClose } from "@/components/ui/dialog";

/** A secret that is told once, to be copied before the window is closed. */
export function Told({ secret, label }: { secret: string; label: string }) {
  const { t } = useTranslation("account");
  return (
    <div className="grid gap-5">
      <div className="grid gap-2">
        <p id="secret" className="text-sm font-semibold">
          {label}
        </p>
        <code aria-labelledby="secret" className="rounded-control bg-sunken px-4 py-3 font-mono text-sm break-all select-all dark:bg-ground">
          {secret}
        </code>
        <p className="text-sm text-muted">{t("told.once")}</p>
      </div>
      <div className="flex flex-wrap justify-end gap-3">
        <DialogClose asChild>
          <Button look="secondary">{t("told.done")}</Button>
        </DialogClose>
        <CopyButton look="primary" text={secret} label={label} />
      </div>
    </div>
  );
}
