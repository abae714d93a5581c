import { X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { told } from "@/client/problem";
import { buttonClasses } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";

interface Notice {
  number: number;
  text: string;
  detail: string;
  bad: boolean;
}

interface Toasts {
  /** Say that something was done. */
  say: (text: string) => void;
  /** Say what went wrong. */
  complain: (error: unknown) => void;
}

const Context = createContext<Toasts | null>(null);

/** Short notices: `const { say, complain } = useToasts()`. */
export function useToasts(): Toasts {
  const toasts = use(Context);
  if (toasts === null) throw new Error("Expected a ToastRoom above, found none.");
  return toasts;
}

export function ToastRoom({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [notices, setNotices] = useState<Notice[]>([]);
  const add = useCallback((notice: Omit<Notice, "number">) => {
    setNotices((before) => [...before.slice(-2), { ...notice, number: (before.at(-1)?.number ?? 0) + 1 }]);
  }, []);
  const toasts = useMemo<Toasts>(
    () => ({
      say: (text) => add({ text, detail: "", bad: false }),
      complain: (error) => {
        const { sentence, detail, faults } = told(error, t);
        add({ text: sentence, detail: detail || faults.map(({ place, words }) => [place, words].filter(Boolean).join(": ")).join(" "), bad: true });
      },
    }),
    [add, t],
  );
  return (
    <Context value={toasts}>
      <Radix.Provider swipeDirection="down">
        {children}
        {notices.map((notice) => (
          <Radix.Root
            key={notice.number}
            duration={notice.bad ? 8000 : 4000}
            type={notice.bad ? "foreground" : "background"}
            onOpenChange={(open) => {
              if (!open) setNotices((before) => before.filter(({ number }) => number !== notice.number));
            }}
            className={classes(
              "flex items-start gap-3 rounded-control border bg-raised py-3 pr-2 pl-4 shadow-raised motion-safe:animate-rise",
              notice.bad ? "border-danger" : "border-line",
            )}
          >
            <div className="grid flex-1 gap-0.5 py-1.5">
              <Radix.Title className="font-semibold">{notice.text}</Radix.Title>
              {notice.detail && (
                <Radix.Description lang="en" className="text-sm text-muted">
                  {notice.detail}
                </Radix.Description>
              )}
            </div>
            <Radix.Close className={classes(buttonClasses({ look: "quiet", size: "small" }), "px-2")}>
              <X aria-hidden />
              <span className="sr-only">{t("action.close")}</span>
            </Radix.Close>
          </Radix.Root>
        ))}
        <Radix.Viewport className="fixed inset-x-4 bottom-20 z-50 grid gap-2 outline-none sm:inset-x-auto sm:right-6 sm:bottom-6 sm:w-96" />
      </Radix.Provider>
    </Context>
  );
}
