import { backslashes, formEncoding, percents } from './decoders';
import { type Decoder, View } from './View';

/** How many encodings may lie on top of each other: a URL in JSON in JSON. */
const DEPTH = 3;
/** Enough for every order of two encodings; more would only be for text made to waste time. */
const MOST = 12;

/** Every way to read a text: as it is, and with one or several encodings taken away. */
export function readings(text: string): View[] {
  const views = [View.of(text)];
  let layer = views;
  for (let depth = 0; depth < DEPTH && layer.length > 0; depth += 1) {
    const next: View[] = [];
    for (const view of layer) {
      for (const decoder of decodersFor(view.text)) {
        const decoded = view.without(decoder);
        const known = [...views, ...next].some(
          other =>
            other.text === decoded.text && other.openFrom === decoded.openFrom,
        );
        if (!known && views.length + next.length < MOST) {
          next.push(decoded);
        }
      }
    }
    views.push(...next);
    layer = next;
  }
  return views;
}

function decodersFor(text: string): Decoder[] {
  const decoders: Decoder[] = [];
  if (text.includes('\\')) {
    decoders.push(backslashes);
  }
  if (text.includes('%')) {
    decoders.push(percents);
  }
  if (text.includes('+')) {
    decoders.push(formEncoding);
  }
  return decoders;
}
