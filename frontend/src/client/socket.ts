/** A WebSocket that is opened again whenever it breaks; silence counts as a break. Knows nothing of what is said over it. */

export interface Line {
  /** Where it is opened, each time anew: it may name the last news that came. */
  path: () => string;
  opened: () => void;
  heard: (message: unknown) => void;
  /** It broke, so often in a row without having been open; whether to open it again. */
  broke: (failures: number) => boolean;
  /** The service says that there is nothing for us, for good. */
  refused: () => void;
}

/** What the service says as it closes; of these, coming back would change nothing: nobody is signed in, not allowed, no such thing. */
const TOLD = 4400;
const REFUSALS = new Set([4401, 4403, 4404]);
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const SILENCE_MS = 45_000;

/** Hold a line until what is returned is called. */
export function hold(line: Line): () => void {
  let over = false;
  let close = (): void => undefined;

  const open = (failures: number): void => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}${line.path()}`);
    let failed = failures + 1;
    let silence: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => socket.close(), SILENCE_MS);
    };
    socket.onopen = () => {
      failed = 0;
      alive();
      line.opened();
    };
    socket.onmessage = ({ data }) => {
      alive();
      line.heard(JSON.parse(String(data)));
    };
    socket.onclose = ({ code }) => {
      clearTimeout(silence);
      if (over) return;
      if (REFUSALS.has(code)) {
        line.refused();
        return;
      }
      if (code >= TOLD) failed = failures + 1;
      if (!line.broke(failed)) return;
      const timer = setTimeout(() => open(failed), Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failed));
      close = () => clearTimeout(timer);
    };
    close = () => {
      clearTimeout(silence);
      socket.close();
    };
  };

  open(0);
  return () => {
    over = true;
    close();
  };
}
