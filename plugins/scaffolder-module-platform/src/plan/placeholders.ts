/** How a template names a value that is asked for. */
export const PLACEHOLDER = /\$\{\{\s*parameters\.([\w.]+)\s*\}\}/g;

/** The parameters that a text names. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name]) => name);
}
