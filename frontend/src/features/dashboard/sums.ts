/** What the points of a day add up to. */
import type { Point } from "@/features/dashboard/feed";

const HOUR_SECONDS = 3600;

export interface Hour {
  /** Its beginning, in seconds. */
  at: number;
  asked: number;
  completed: number;
  failed: number;
  cost: number;
  /** The most of the hour. */
  waiting: number;
  atWork: number;
  oldest: number;
}

/** The day by whole hours, the last one being the hour that is not over. */
export function hours(points: readonly Point[], now: number): Hour[] {
  const last = Math.floor(now / HOUR_SECONDS) * HOUR_SECONDS;
  const found = Array.from({ length: 24 }, (_, index): Hour => {
    const at = last - (23 - index) * HOUR_SECONDS;
    return { at, asked: 0, completed: 0, failed: 0, cost: 0, waiting: 0, atWork: 0, oldest: 0 };
  });
  for (const point of points) {
    // A point tells of the time until it: one that ends on the hour belongs to the hour before.
    const hour = found[23 - Math.floor((last + HOUR_SECONDS - point.at) / HOUR_SECONDS)];
    if (!hour) continue;
    hour.asked += point.asked;
    hour.completed += point.completed;
    hour.failed += point.failed;
    hour.cost += point.cost_usd;
    hour.waiting = Math.max(hour.waiting, point.queue_events + point.clips_waiting);
    hour.atWork = Math.max(hour.atWork, point.at_work);
    hour.oldest = Math.max(hour.oldest, point.queue_oldest_seconds);
  }
  return found;
}

export interface Total {
  asked: number;
  completed: number;
  failed: number;
  cost: number;
  gpuSeconds: number;
  /** From 0 to 1; null where nothing ended. */
  success: number | null;
}

export function total(points: readonly Point[]): Total {
  const sum = (of: (point: Point) => number) => points.reduce((before, point) => before + of(point), 0);
  const [completed, failed] = [sum((one) => one.completed), sum((one) => one.failed)];
  return {
    asked: sum((one) => one.asked),
    completed,
    failed,
    cost: sum((one) => one.cost_usd),
    gpuSeconds: sum((one) => one.gpu_seconds),
    success: completed + failed ? completed / (completed + failed) : null,
  };
}

/** The middle of what each stage took over the day; `render NAME` is of a renderer's clips. */
export function medians(points: readonly Point[]): Map<string, number> {
  const told = new Map<string, number[]>();
  for (const point of points) {
    for (const [name, seconds] of Object.entries(point.median_seconds)) told.set(name, [...(told.get(name) ?? []), seconds]);
  }
  return new Map([...told].map(([name, values]) => [name, values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0]));
}
