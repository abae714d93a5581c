import { useEffect, useRef, useState } from "react";

import { takeTurn } from "@/components/turns";
import { classes } from "@/components/ui/classes";

const WAIT_MS = 1500;
const MOST_TRIES = 6;
const AHEAD = "200px";
/** What an address without an aspect shows: whoever asks for it shares the picture. */
const USUAL = "9:16";

interface StyleFrameProps {
  style: string;
  alt: string;
  aspect?: string;
  /** What it shows, for who is signed in; without it a scene of the house's own. */
  theme?: string;
  /** Wanted before the others that wait. */
  first?: boolean;
  className?: string;
}

/** Pictures that were shown in this visit: the browser has them. */
const had = new Set<string>();

function addressOf({ style, aspect = USUAL, theme }: StyleFrameProps): string {
  const query = new URLSearchParams({ ...(aspect !== USUAL && { aspect }), ...(theme && { theme }) });
  return `/api/v1/styles/${style}/frame${query.size ? `?${query.toString()}` : ""}`;
}

/** A picture as a style draws it, made by the renderer that makes films here. Until it is there: a small one that came with the
 * pages (public/styles, drawn by AIPROD), or for a theme of somebody's own nothing, so that what lies below is seen. */
export function StyleFrame(props: StyleFrameProps) {
  const { alt, theme, className, first = false } = props;
  const address = addressOf(props);
  const frame = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(() => had.has(address));
  const [seen, setSeen] = useState(false);
  const [begun, setBegun] = useState(false);
  const [tries, setTries] = useState(0);
  const [failed, setFailed] = useState(false);
  const [small, setSmall] = useState(false);
  const kept = !theme && !shown;
  useEffect(() => {
    if (frame.current === null || seen) return undefined;
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), { rootMargin: AHEAD });
    watcher.observe(frame.current);
    return () => watcher.disconnect();
  }, [seen]);
  useEffect(() => {
    if (!seen || shown || failed) return undefined;
    return takeTurn(() => setBegun(true), first);
  }, [seen, shown, failed, first]);
  useEffect(() => {
    if (!failed || tries >= MOST_TRIES) return undefined;
    // The first pictures of a new service are drawn while we ask: the rest has to wait for its turn.
    const timer = setTimeout(() => {
      setFailed(false);
      setTries(tries + 1);
    }, WAIT_MS * (tries + 1));
    return () => clearTimeout(timer);
  }, [failed, tries]);
  return (
    <div ref={frame} className={classes("relative overflow-hidden", !theme && "bg-sunken", kept && !small && "animate-glow", className)}>
      {kept && (
        <img
          src={`/styles/${props.style}.jpg`}
          alt=""
          loading="lazy"
          decoding="async"
          onLoad={() => setSmall(true)}
          onError={() => setSmall(false)}
          className={classes("absolute inset-0 size-full object-cover transition-opacity duration-300", small ? "opacity-100" : "opacity-0")}
        />
      )}
      {failed && <span className="sr-only">{alt}</span>}
      {(shown || begun) && !failed && (
        <img
          key={tries}
          src={address}
          alt={alt}
          decoding="async"
          onLoad={() => {
            had.add(address);
            setShown(true);
          }}
          onError={() => {
            setBegun(false);
            setFailed(true);
          }}
          className={classes("absolute inset-0 size-full object-cover transition-opacity duration-500", shown ? "opacity-100" : "opacity-0")}
        />
      )}
    </div>
  );
}
