import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";

interface ConfirmProps {
  title: string;
  description: string;
  /** The word on the button that does it. */
  action: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => void;
  busy?: boolean;
  /** It can be undone: the button is not red. */
  harmless?: boolean;
  children?: ReactNode;
}

/** Asks before what cannot be undone. */
export function Confirm({ title, description, action, open, onOpenChange, onConfirm, busy, harmless = false, children }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} description={description} open={open} onOpenChange={onOpenChange}>
      {children}
      <div className="flex flex-wrap justify-end gap-3">
        <DialogClose asChild>
          <Button look="secondary">{t("action.cancel")}</Button>
        </DialogClose>
        <Button look={harmless ? "primary" : "danger"} busy={busy ?? false} onClick={onConfirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
