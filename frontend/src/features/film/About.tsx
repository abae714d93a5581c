import { useTranslation } from "react-i18next";

import { money } from "@/components/amounts";
import type { Film } from "@/features/film/queries";

/** What the film was made from, what it owes to whom, what is worth knowing. */
export function About({ film }: { film: Film }) {
  const { t } = useTranslation("film");
  const parts = [
    { name: t("theme"), lines: film.theme && film.theme !== film.title ? [film.theme] : [] },
    { name: t("credits"), lines: film.credits },
    { name: t("notes"), lines: film.notes ?? [] },
    { name: t("paid"), lines: film.cost_usd ? [money(film.cost_usd)] : [] },
  ].filter(({ lines }) => lines.length > 0);
  if (parts.length === 0) return null;
  return (
    <section aria-labelledby="about" className="grid gap-5 border-t border-line pt-8">
      <h2 id="about" className="title-section">
        {t("about")}
      </h2>
      <dl className="grid gap-5">
        {parts.map(({ name, lines }) => (
          <div key={name} className="grid gap-1 sm:grid-cols-[9rem_1fr]">
            <dt className="text-sm font-semibold">{name}</dt>
            <dd className="grid gap-1 text-sm break-words text-muted">
              {lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
