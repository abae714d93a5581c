import { useEffect, useRef, useState } from "react";

import type { ShowFilm } from "@/components/films";
import { classes } from "@/components/ui/classes";

interface LoopFilmProps {
  film: ShowFilm;
  label: string;
  className?: string;
  /** Whether it is worth loading before it is seen. */
  eager?: boolean;
}

const STILL = "(prefers-reduced-motion: reduce)";

/** A silent film that repeats while it can be seen; a still picture for those who want no motion. */
export function LoopFilm({ film, label, className, eager = false }: LoopFilmProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [still] = useState(() => window.matchMedia(STILL).matches);
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    const watcher = new IntersectionObserver(([entry]) => {
      // A browser may refuse to play by itself, to save power for example: then the poster stays.
      if (entry?.isIntersecting) element.play().catch(() => element.load());
      else element.pause();
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  const own = classes("block aspect-9/16 w-full rounded-card bg-sunken object-cover", className);
  if (still) return <img src={film.poster} alt={label} className={own} />;
  return (
    <video
      ref={video}
      src={film.src}
      poster={film.poster}
      aria-label={label}
      className={own}
      muted
      loop
      playsInline
      preload={eager ? "auto" : "none"}
    />
  );
}
