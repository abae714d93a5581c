import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { answered, client } from "@/client/client";
import { FilmCard } from "@/components/FilmCard";

const MOST = 5;

/** The newest public films; nothing where there are none. */
export function RecentFilms() {
  const { t } = useTranslation("welcome");
  const { data } = useQuery({
    queryKey: ["films", "recent"],
    queryFn: () => answered(client.GET("/api/v1/videos", { params: { query: { shelf: "public", limit: MOST } } })),
  });
  const films = data?.items.filter((film) => film.ready) ?? [];
  if (films.length === 0) return null;
  return (
    <section className="page grid gap-10 pt-20 sm:pt-28">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="grid gap-3">
          <h2 className="title-page">{t("recent.title")}</h2>
          <p className="text-muted">{t("recent.lead")}</p>
        </div>
        <Link to="/library?shelf=public" className="font-semibold text-accent-ink underline underline-offset-4">
          {t("recent.all")}
        </Link>
      </div>
      <ul className="grid grid-cols-2 gap-4 sm:grid-cols-3 sm:gap-6 lg:grid-cols-5">
        {films.map((film) => (
          <li key={film.id}>
            <FilmCard film={film} />
          </li>
        ))}
      </ul>
    </section>
  );
}
