import { RotateCcw } from "lucide-react";
import { useImperativeHandle, useRef, useState, type CSSProperties, type Ref } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/button";
import { useView, type Film } from "@/features/film/queries";

export interface PlayerHandle {
  playFrom: (seconds: number) => void;
}

/** `MediaError.MEDIA_ERR_NETWORK`: the line broke while the film came. */
const CUT_OFF = 2;

/** Which film stopped, at which second, and whether for want of a line. */
interface Broken {
  version: number;
  at: number;
  cut: boolean;
}

/** The film, with its subtitles for who wants them beside the picture's own. */
export function Player({ film, ref }: { film: Film; ref: Ref<PlayerHandle> }) {
  const { t } = useTranslation("film");
  const video = useRef<HTMLVideoElement>(null);
  const view = useView(film.id);
  const told = useRef(false);
  const [broken, setBroken] = useState<Broken | null>(null);
  useImperativeHandle(ref, () => ({
    playFrom: (seconds) => {
      const element = video.current;
      if (element === null) return;
      element.currentTime = seconds;
      element.scrollIntoView({ behavior: "smooth", block: "center" });
      element.play().catch(() => element.focus());
    },
  }));
  // A new revision has the same address: its length and size tell the browser that it is another film.
  const version = film.files.find(({ name }) => name === "film.mp4")?.bytes ?? 0;
  const stopped = broken?.version === version ? broken : null;
  const again = () => {
    const element = video.current;
    if (element === null || stopped === null) return;
    setBroken(null);
    element.load();
    element.currentTime = stopped.at;
    element.play().catch(() => element.focus());
  };
  const base = `/api/v1/videos/${film.id}`;
  const ratio = `${film.width_px ?? 9}/${film.height_px ?? 16}`;
  return (
    <div className="lg:sticky lg:top-24 lg:self-start">
      <div
        className="mx-auto max-w-[calc(var(--tallest)*var(--ratio))] overflow-hidden rounded-card bg-black shadow-raised [--tallest:68dvh] lg:[--tallest:min(82dvh,60rem)]"
        style={{ aspectRatio: ratio, "--ratio": ratio } as CSSProperties}
      >
        {/* The track is there: the rule does not see one whose address is made up. */}
        {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
        <video
          key={version}
          ref={video}
          controls
          playsInline
          preload="metadata"
          poster={`${base}/thumbnail?of=${version}`}
          src={`${base}/film?of=${version}`}
          aria-label={film.title}
          onPlay={() => {
            if (!told.current) view.mutate();
            told.current = true;
          }}
          onError={({ currentTarget: { error, currentTime } }) =>
            setBroken({ version, at: currentTime, cut: error?.code === CUT_OFF || !navigator.onLine })
          }
          className="size-full"
        >
          <track kind="subtitles" src={`${base}/subtitles/vtt?of=${version}`} srcLang={film.language} label={t("captions")} />
        </video>
      </div>
      {stopped && (
        <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
          <p role="alert" className="text-sm text-danger">
            {t(stopped.cut ? "cutOff" : "unplayable")}
          </p>
          <Button look="secondary" size="small" onClick={again}>
            <RotateCcw aria-hidden />
            {t("playAgain")}
          </Button>
        </div>
      )}
    </div>
  );
}
