import { z } from 'zod';

/** One line of what the CLI says with `-json`. */
export const uiEvent = z.looseObject({
  type: z.string(),
  '@message': z.string(),
});
export type UiEvent = z.infer<typeof uiEvent>;

/** The lines that are events; what else programs print is left out. */
export function parseEvents(output: string): UiEvent[] {
  return output.split('\n').flatMap(line => {
    if (!line.startsWith('{')) {
      return [];
    }
    try {
      const { data } = uiEvent.safeParse(JSON.parse(line));
      return data ? [data] : [];
    } catch {
      // A line of which only a part is written yet.
      return [];
    }
  });
}
