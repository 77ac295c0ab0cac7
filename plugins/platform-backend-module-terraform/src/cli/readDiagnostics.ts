import { z } from 'zod';
import { parseEvents } from './uiEvents';

/** What the CLI objects to. */
export interface Diagnostic {
  summary: string;
  detail: string;
  /** The resource it is about. */
  address?: string;
  /** `file:line` in the module. */
  place?: string;
}

const diagnosticEvent = z.object({
  type: z.literal('diagnostic'),
  diagnostic: z.object({
    severity: z.literal('error'),
    summary: z.string(),
    detail: z.string().default(''),
    address: z.string().optional(),
    range: z
      .object({
        filename: z.string(),
        start: z.object({ line: z.number() }),
      })
      .optional(),
  }),
});

/** Finds the errors in what the CLI said, as JSON on its output or as text beside it. */
export function readDiagnostics(output: string, beside: string): Diagnostic[] {
  const told = parseEvents(output).flatMap(event => {
    const { data } = diagnosticEvent.safeParse(event);
    if (!data) {
      return [];
    }
    const { summary, detail, address, range } = data.diagnostic;
    const place = range && `${range.filename}:${range.start.line}`;
    return [{ summary, detail: oneLine(detail), address, place }];
  });
  return told.length > 0 ? told : readText(beside);
}

/** `Error: summary`, an empty line, where it is, and the detail in lines of 78 characters. */
function readText(text: string): Diagnostic[] {
  return text
    .split(/^Error: /m)
    .slice(1)
    .map(part => {
      const [summary, ...paragraphs] = part.trim().split(/\n\s*\n/);
      const place = /^ {2}(?:on|with) /;
      return {
        summary: oneLine(summary),
        detail: oneLine(
          paragraphs.filter(paragraph => !place.test(paragraph)).join(' '),
        ),
      };
    });
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
