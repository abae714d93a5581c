import { useTranslation } from "react-i18next";

import { clock, day, inALine } from "@/components/amounts";
import { languageName, profileName, styleName } from "@/components/names";
import { Badge } from "@/components/ui/surface";
import type { Film } from "@/features/film/queries";

/** What kind of film it is, in a line. */
export function Facts({ film }: { film: Film }) {
  const { t } = useTranslation();
  const facts = [
    film.seconds === null ? "" : clock(film.seconds),
    styleName(film.style, t),
    languageName(film.language, t),
    profileName(film.profile, t),
    day(film.created_at),
    t("views", { count: film.views }),
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      {film.mine && <Badge>{t(film.public ? "films.public" : "films.private")}</Badge>}
      <p className="figures text-muted">{inALine(facts)}</p>
    </div>
  );
}
