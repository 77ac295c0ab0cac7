/** What stands where a secret was. */
export const REDACTED = '[redacted]';

/** Takes all of a text away but its newlines, so that it keeps its number of lines. */
export function redactLines(text: string): string {
  return text.replace(/[^\r\n]+/g, REDACTED);
}
