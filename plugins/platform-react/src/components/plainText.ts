const ESCAPE = String.fromCharCode(27);

/** ANSI control sequences as in ECMA-48 (1991) section 5.4: colours, cursor moves, erasures. */
const CONTROL_SEQUENCE = new RegExp(`${ESCAPE}\\[[0-?]*[ -/]*[@-~]`, 'g');

/** A printed line without the colours and cursor moves meant for a terminal. */
export function plainText(text: string): string {
  return text.includes(ESCAPE) ? text.replace(CONTROL_SEQUENCE, '') : text;
}
