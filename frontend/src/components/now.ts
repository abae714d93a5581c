import { useEffect, useState } from "react";

/** The time, in seconds as the backend tells times; a new one every so often. */
export function useNow(everyMs: number = 1000): number {
  const [now, setNow] = useState(() => Date.now() / 1000);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() / 1000), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
