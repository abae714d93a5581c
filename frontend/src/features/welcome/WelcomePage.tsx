import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { LoopFilm } from "@/components/LoopFilm";
import { Logo } from "@/components/Logo";
import { SHOWN, type ShowFilm } from "@/components/films";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Looks } from "@/features/welcome/Looks";
import { RecentFilms } from "@/features/welcome/RecentFilms";
import { Steps } from "@/features/welcome/Steps";
import { ThemeForm } from "@/features/welcome/ThemeForm";

export default function WelcomePage() {
  const { t } = useTranslation("welcome");
  return (
    <>
      <title>{`AIPROD · ${t("title")}`}</title>
      <section className="overflow-hidden">
        <div className="page grid gap-12 pt-12 pb-16 sm:pt-16 lg:min-h-[calc(100dvh-4rem)] lg:grid-cols-[minmax(0,1.08fr)_minmax(0,1fr)] lg:items-center lg:gap-16 lg:py-10">
          <div className="grid gap-7 motion-safe:animate-rise">
            <h1 className="title-display">
              <span className="block">{t("headlineFirst")}</span> <span className="block">{t("headlineThen")}</span>
            </h1>
            <p className="max-w-xl text-lg text-muted text-pretty sm:text-xl sm:leading-relaxed">{t("lead")}</p>
            <ThemeForm />
            <p className="text-sm text-muted">{t("note")}</p>
          </div>
          {/* It scrolls sideways on phones: who has only keys must be able to come to it. */}
          {/* eslint-disable jsx-a11y/no-noninteractive-tabindex */}
          <ul
            tabIndex={0}
            aria-label={t("films.label")}
            className="-mx-(--edge) flex snap-x snap-mandatory scroll-px-(--edge) gap-4 overflow-x-auto px-(--edge) [scrollbar-width:none] lg:mx-0 lg:grid lg:grid-cols-[repeat(3,clamp(8.5rem,13.2vw,13rem))] lg:gap-5 lg:overflow-visible lg:px-0"
          >
            {SHOWN.map((film, index) => (
              <Shown key={film.name} film={film} eager={index === 0} className={["lg:mt-14", "lg:-mt-2", "lg:mt-28"][index] ?? ""} />
            ))}
          </ul>
          {/* eslint-enable jsx-a11y/no-noninteractive-tabindex */}
        </div>
      </section>
      <Steps />
      <Looks />
      <RecentFilms />
      <section className="page grid justify-items-start gap-8 py-24 sm:py-32">
        <h2 className="title-display">{t("end.title")}</h2>
        <Button asChild size="large">
          <Link to="/create">{t("end.action")}</Link>
        </Button>
      </section>
      <footer className="border-t border-line">
        <div className="page flex flex-wrap items-center justify-between gap-4 py-8">
          <Logo />
          <p className="text-sm text-muted">{t("foot")}</p>
        </div>
      </footer>
    </>
  );
}

function Shown({ film, eager, className }: { film: ShowFilm; eager: boolean; className: string }) {
  const { t } = useTranslation("welcome");
  const { t: app } = useTranslation();
  const title = t(`films.${film.name}`);
  return (
    <li className={classes("grid w-[64vw] max-w-64 shrink-0 snap-start content-start gap-3.5 lg:w-auto lg:max-w-none", className)}>
      <LoopFilm film={film} label={title} eager={eager} className="shadow-raised" />
      <p className="grid gap-0.5 text-sm">
        <span className="text-muted">{t(`madeFrom.${film.from}`)}</span>
        <span className="font-semibold text-balance">{app("quoted", { text: title })}</span>
      </p>
    </li>
  );
}
