/** Turns for what is slow to be had: a few at a time, so that what else a page asks for finds a connection. */

const AT_ONCE = 2;
const waiting: (() => void)[] = [];
let taken = 0;

/** Begin when it is one's turn, before all that wait where one is first. What is returned ends the turn, or the waiting. */
export function takeTurn(begin: () => void, first: boolean): () => void {
  let state: "waiting" | "on" | "over" = "waiting";
  const start = () => {
    state = "on";
    taken += 1;
    begin();
  };
  if (taken < AT_ONCE) start();
  else if (first) waiting.unshift(start);
  else waiting.push(start);
  return () => {
    if (state === "waiting") waiting.splice(waiting.indexOf(start), 1);
    if (state === "on") {
      taken -= 1;
      waiting.shift()?.();
    }
    state = "over";
  };
}
