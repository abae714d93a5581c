import { useEffect, useState } from "react";

import { classes } from "@/components/ui/classes";

const WAIT_MS = 1500;
const MOST_TRIES = 6;

interface StyleFrameProps {
  style: string;
  alt: string;
  aspect?: string;
  /** What it shows, for who is signed in; without it a scene of the house's own. */
  theme?: string;
  className?: string;
}

function address({ style, aspect, theme }: StyleFrameProps, tries: number): string {
  const query = new URLSearchParams({ ...(aspect && { aspect }), ...(theme && { theme }), ...(tries && { try: String(tries) }) });
  return `/api/v1/styles/${style}/frame${query.size ? `?${query.toString()}` : ""}`;
}

/** A picture as a style draws it, made by the renderer that makes films here; a quiet frame until it is there. */
export function StyleFrame(props: StyleFrameProps) {
  const { alt, className } = props;
  const [shown, setShown] = useState(false);
  const [tries, setTries] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!failed || tries >= MOST_TRIES) return undefined;
    // The first pictures of a new service are drawn while we ask: the rest has to wait for its turn.
    const timer = setTimeout(() => {
      setFailed(false);
      setTries(tries + 1);
    }, WAIT_MS * (tries + 1));
    return () => clearTimeout(timer);
  }, [failed, tries]);
  if (failed) return <div role="img" aria-label={alt} className={classes(!props.theme && "animate-glow bg-sunken", className)} />;
  return (
    <img
      src={address(props, tries)}
      alt={alt}
      loading="lazy"
      decoding="async"
      onLoad={() => setShown(true)}
      onError={() => setFailed(true)}
      className={classes("object-cover transition-opacity duration-500", shown ? "opacity-100" : "opacity-0", className)}
    />
  );
}
