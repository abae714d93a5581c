import type { ReactNode } from "react";
import { Link } from "react-router";

import { LoopFilm } from "@/components/LoopFilm";
import { SHOWN } from "@/components/films";

interface ThresholdProps {
  title: string;
  lead: string;
  /** Another way in: a question, its answer and where that is. */
  other: { question: string; answer: string; to: string };
  children: ReactNode;
}

/** What logging in and registering look alike: a form beside a film. */
export function Threshold({ title, lead, other, children }: ThresholdProps) {
  const [, film] = SHOWN;
  return (
    <div className="page grid items-center gap-16 py-10 sm:py-16 lg:min-h-[calc(100dvh-4rem)] lg:grid-cols-[minmax(0,26rem)_1fr]">
      <title>{`${title} · AIPROD`}</title>
      <div className="mx-auto grid w-full max-w-[26rem] gap-8 motion-safe:animate-rise">
        <div className="grid gap-3">
          <h1 className="title-page">{title}</h1>
          <p className="text-muted text-pretty">{lead}</p>
        </div>
        {children}
        <p className="text-muted">
          {other.question}{" "}
          <Link to={other.to} className="font-semibold text-accent-ink underline underline-offset-4">
            {other.answer}
          </Link>
        </p>
      </div>
      <div aria-hidden className="hidden justify-end gap-5 lg:flex">
        <LoopFilm film={SHOWN[0]} label="" className="mt-24 w-60 shadow-raised" />
        <LoopFilm film={film} label="" className="mb-24 w-60 shadow-raised" />
      </div>
    </div>
  );
}
