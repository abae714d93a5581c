import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";

import { stylesQuery } from "@/client/queries";
import { Fault } from "@/components/states";
import { StyleFrame } from "@/components/StyleFrame";
import { styleName } from "@/components/names";
import { Skeleton } from "@/components/ui/surface";
import { Section, type PartProps } from "@/features/create/Section";

/** How the pictures look: each style by a picture of its own. */
export function LookChoice({ draft, change }: PartProps) {
  const { t } = useTranslation("create");
  const { t: app } = useTranslation();
  const { data: styles, error, refetch } = useQuery(stylesQuery);
  return (
    <Section title={t("look.title")}>
      {error && <Fault error={error} onRetry={() => void refetch()} />}
      <fieldset>
        <legend className="sr-only">{t("look.label")}</legend>
        <div className="grid grid-cols-3 gap-3 sm:grid-cols-5 lg:grid-cols-5">
          {!styles && !error && Array.from({ length: 9 }, (_, index) => <Skeleton key={index} className="aspect-3/4" />)}
          {styles?.map(({ id }) => (
            <label key={id} className="group relative grid gap-2">
              <input
                type="radio"
                name="style"
                value={id}
                checked={draft.style === id}
                onChange={() => change({ style: id })}
                className="peer sr-only"
              />
              <span className="relative block overflow-hidden rounded-control bg-sunken ring-offset-3 ring-offset-ground transition-shadow peer-checked:ring-2 peer-checked:ring-accent peer-focus-visible:ring-2 peer-focus-visible:ring-ink">
                <StyleFrame style={id} first={draft.style === id} alt="" className="aspect-3/4 w-full transition-transform duration-500 group-hover:scale-[1.04]" />
              </span>
              <span className="pointer-events-none absolute top-2 right-2 hidden size-6 place-items-center rounded-full bg-accent text-on-accent peer-checked:grid">
                <Check aria-hidden className="size-3.5" strokeWidth={3} />
              </span>
              <span className="text-sm font-semibold text-muted peer-checked:text-ink">{styleName(id, app)}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </Section>
  );
}
