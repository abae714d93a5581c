import { useTranslation } from "react-i18next";

const STEPS = ["script", "narration", "clips", "sound", "cut", "review"] as const;

/** How a film comes to be, room by room. */
export function Steps() {
  const { t } = useTranslation("welcome");
  return (
    <section className="border-y border-line bg-sunken">
      <div className="page grid gap-14 py-20 sm:py-28 lg:grid-cols-[1fr_2fr] lg:gap-20">
        <div className="grid content-start gap-4 lg:sticky lg:top-28 lg:self-start">
          <h2 className="title-page">{t("steps.title")}</h2>
          <p className="text-muted text-pretty">{t("steps.lead")}</p>
        </div>
        <ol className="grid gap-x-10 gap-y-10 sm:grid-cols-2">
          {STEPS.map((step) => (
            <li key={step} className="grid content-start gap-2 border-t border-line-strong/40 pt-5">
              <h3 className="title-section">{t(`steps.${step}`)}</h3>
              <p className="text-muted text-pretty">{t(`steps.${step}Text`)}</p>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
