import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/button";

interface MoreProps {
  onMore: () => void;
  busy: boolean;
  /** Whether what follows also comes by itself when its end is near. */
  byItself?: boolean;
}

const AHEAD = "600px";

/** The next page of a list: comes when somebody scrolls near, or presses the button. */
export function More({ onMore, busy, byItself = false }: MoreProps) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (element === null || busy || !byItself) return undefined;
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(), { rootMargin: AHEAD });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [onMore, busy, byItself]);
  return (
    <div ref={end} className="flex justify-center">
      <Button look="secondary" busy={busy} onClick={onMore}>
        {t("action.more")}
      </Button>
    </div>
  );
}
