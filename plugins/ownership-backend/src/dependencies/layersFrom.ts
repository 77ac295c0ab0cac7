/** What is one step further away each; each reference once. */
export interface Layers {
  layers: string[][];
  /** Whether there is more. */
  truncated: boolean;
}

/**
 * Breadth first: one question for each step away, never for each path, so that circles and diamonds cost nothing.
 *
 * @param limits - `steps`: how far away; `most`: how many references altogether
 */
export async function layersFrom(
  start: string,
  next: (refs: readonly string[]) => Promise<string[]>,
  limits: { steps: number; most: number },
): Promise<Layers> {
  const seen = new Set([start]);
  const layers: string[][] = [];
  let layer = [start];
  while (layer.length > 0) {
    const found = (await next(layer)).filter(ref => !seen.has(ref));
    const room = limits.most - (seen.size - 1);
    if (found.length > 0 && layers.length === limits.steps) {
      return { layers, truncated: true };
    }
    layer = found.slice(0, room);
    layer.forEach(ref => seen.add(ref));
    if (layer.length > 0) {
      layers.push(layer);
    }
    if (found.length > room) {
      return { layers, truncated: true };
    }
  }
  return { layers, truncated: false };
}
