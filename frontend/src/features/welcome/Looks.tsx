import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { stylesQuery } from "@/client/queries";
import { StyleFrame } from "@/components/StyleFrame";
import { styleName } from "@/components/names";

/** One scene in each style. */
export function Looks() {
  const { t } = useTranslation("welcome");
  const { t: app } = useTranslation();
  const { data: styles } = useQuery(stylesQuery);
  if (!styles) return null;
  return (
    <section className="page grid gap-10 pt-20 sm:pt-28">
      <div className="grid gap-3">
        <h2 className="title-page">{t("styles.title")}</h2>
        <p className="text-muted">{t("styles.lead")}</p>
      </div>
      {/* It scrolls sideways on phones: who has only keys must be able to come to it. */}
      {/* eslint-disable jsx-a11y/no-noninteractive-tabindex */}
      <ul
        tabIndex={0}
        aria-label={t("styles.title")}
        className="-mx-(--edge) flex snap-x scroll-px-(--edge) gap-4 overflow-x-auto px-(--edge) pb-4 lg:mx-0 lg:grid lg:grid-cols-9 lg:gap-3 lg:overflow-visible lg:px-0"
      >
        {styles.map(({ id }) => (
          <li key={id} className="grid w-40 shrink-0 snap-start gap-2.5 lg:w-auto">
            <StyleFrame style={id} alt={t("styles.alt", { style: styleName(id, app) })} className="aspect-9/16 w-full rounded-control" />
            <p className="text-sm font-semibold">{styleName(id, app)}</p>
          </li>
        ))}
      </ul>
      {/* eslint-enable jsx-a11y/no-noninteractive-tabindex */}
    </section>
  );
}
