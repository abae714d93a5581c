import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal, X } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { languagesQuery, stylesQuery } from "@/client/queries";
import { languageName, statusName, styleName } from "@/components/names";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { SearchInput } from "@/components/ui/search";
import { Select } from "@/components/ui/select";
import { narrowed, SORTS, type Sort, type Wanted } from "@/features/library/filters";
import en from "@/texts/en/app.json";

interface FiltersProps {
  wanted: Wanted;
  onWish: (part: Partial<Wanted>) => void;
}

/** Search, filters and order. On a phone the filters open below the search. */
export function Filters({ wanted, onWish }: FiltersProps) {
  const { t } = useTranslation("library");
  const { t: app } = useTranslation();
  const styles = useQuery(stylesQuery).data ?? [];
  const languages = useQuery(languagesQuery).data ?? [];
  const [open, setOpen] = useState(false);
  const room = useId();
  const count = narrowed(wanted);
  const choices = [
    {
      name: "status" as const,
      shown: wanted.shelf === "mine",
      options: Object.keys(en.status).map((value) => ({ value, label: statusName(value, app) })),
    },
    { name: "language" as const, shown: true, options: languages.map(({ id }) => ({ value: id, label: languageName(id, app) })) },
    { name: "style" as const, shown: true, options: styles.map(({ id }) => ({ value: id, label: styleName(id, app) })) },
  ];
  return (
    <div className="grid gap-3 md:flex md:flex-wrap md:items-center">
      <div className="flex gap-2 md:min-w-56 md:flex-1">
        <SearchInput label={t("search")} value={wanted.search} onChange={(search) => onWish({ search })} />
        <Button
          look="secondary"
          className="h-12 md:hidden"
          aria-expanded={open}
          aria-controls={room}
          onClick={() => setOpen(!open)}
        >
          <SlidersHorizontal aria-hidden />
          {t("filters")}
          {count > 0 && <span className="figures rounded-full bg-accent px-1.5 text-xs text-on-accent">{count}</span>}
        </Button>
      </div>
      <div id={room} className={classes("grid gap-2 sm:grid-cols-2 md:flex md:flex-wrap", !open && "max-md:hidden")}>
        {choices
          .filter(({ shown }) => shown)
          .map(({ name, options }) => (
            <Select
              key={name}
              aria-label={t(`filter.${name}`)}
              value={wanted[name]}
              onChange={(value) => onWish({ [name]: value })}
              options={[{ value: "", label: t(`any.${name}`) }, ...options]}
              className={classes("md:w-auto", wanted[name] && "border-accent-ink")}
            />
          ))}
        {wanted.shelf !== "favourites" && (
          <Select
            aria-label={t("filter.sort")}
            value={wanted.sort}
            onChange={(sort) => onWish({ sort: sort as Sort })}
            options={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
            className="md:w-auto"
          />
        )}
        {count > 0 && (
          <Button look="quiet" className="h-12" onClick={() => onWish({ status: "", language: "", style: "" })}>
            <X aria-hidden />
            {t("clear")}
          </Button>
        )}
      </div>
    </div>
  );
}
