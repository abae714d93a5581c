const LEAST_PX = 52;
const GAP_PX = 12;

/** How much room, in px, the numbers beside a picture need; most need as much, so that pictures stand in line. */
export function axisWidth(labels: readonly string[] | null, widthOf: (label: string) => number): number {
  return Math.ceil(Math.max(LEAST_PX, ...(labels ?? []).map((label) => GAP_PX + widthOf(label))));
}
