import { Eye, EyeOff } from "lucide-react";
import { useState, type ComponentProps } from "react";
import { useTranslation } from "react-i18next";

import { Input } from "@/components/ui/field";

/** A password, which can be shown. */
export function PasswordInput(props: ComponentProps<"input">) {
  const { t } = useTranslation("session");
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input {...props} type={shown ? "text" : "password"} className="pr-13" />
      <button
        type="button"
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute top-1 right-1 grid size-10 place-items-center rounded-lg text-muted hover:text-ink"
      >
        <Icon aria-hidden className="size-4.5" />
        <span className="sr-only">{t(shown ? "hide" : "show")}</span>
      </button>
    </div>
  );
}
