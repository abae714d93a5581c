import { ArrowRight } from "lucide-react";
import { useId, useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useSession } from "@/client/session";
import { Button } from "@/components/ui/button";

/** A line of text that goes on to the page where films are made, by way of an account where there is none. */
export function ThemeForm() {
  const { t } = useTranslation("welcome");
  const id = useId();
  const goto = useNavigate();
  const { account } = useSession();
  const [theme, setTheme] = useState("");
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    const place = `/create?${new URLSearchParams({ theme: theme.trim() || t("example") }).toString()}`;
    void goto(account === null ? `/register?next=${encodeURIComponent(place)}` : place);
  };
  return (
    <form onSubmit={send} className="grid max-w-xl gap-2.5">
      <label htmlFor={id} className="text-sm font-semibold">
        {t("field")}
      </label>
      <div className="flex flex-col gap-2 rounded-[1.125rem] sm:flex-row sm:border sm:border-line sm:bg-raised sm:p-2 sm:transition-colors sm:focus-within:border-accent-ink sm:hover:border-line-strong">
        <input
          id={id}
          value={theme}
          maxLength={300}
          placeholder={t("example")}
          onChange={({ target }) => setTheme(target.value)}
          className="h-13 min-w-0 rounded-control border border-line bg-raised px-4 text-[1.0625rem] outline-none placeholder:text-muted focus-visible:border-accent-ink sm:flex-1 sm:border-0 sm:bg-transparent"
        />
        <Button type="submit" size="large">
          {t("send")}
          <ArrowRight aria-hidden />
        </Button>
      </div>
    </form>
  );
}
