import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { buttonClasses } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";

interface DialogProps {
  title: string;
  description?: string;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
  className?: string;
}

/** A window over the page: focus stays inside, Escape closes it, a phone shows it as a sheet from below. */
export function Dialog({ title, description, trigger, open, onOpenChange, children, className }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil backdrop-blur-sm" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={classes(
            "fixed z-50 grid max-h-[88dvh] gap-5 overflow-y-auto bg-raised p-6 shadow-raised outline-none",
            "inset-x-0 bottom-0 rounded-t-card pb-[max(1.5rem,env(safe-area-inset-bottom))]",
            "sm:inset-x-auto sm:bottom-auto sm:top-1/2 sm:left-1/2 sm:w-[min(34rem,92vw)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-card sm:p-8",
            "motion-safe:animate-rise sm:animate-none",
            className,
          )}
        >
          <div className="grid gap-1.5 pr-10">
            <Radix.Title className="title-section">{title}</Radix.Title>
            {description && <Radix.Description className="text-muted">{description}</Radix.Description>}
          </div>
          {children}
          <Radix.Close className={classes(buttonClasses({ look: "quiet", size: "icon" }), "absolute top-3.5 right-3.5")}>
            <X aria-hidden />
            <span className="sr-only">{t("action.close")}</span>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export const DialogClose = Radix.Close;
