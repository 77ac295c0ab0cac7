import type { Redactor } from '../runs/RunSecrets';

/** What is said where nobody knows what may be said. */
export const UNREADABLE =
  "This was removed, since the secrets of this run can't be read with the portal's platform.encryptionKey.";

/** What to do about it. */
export const PUT_BACK =
  'Ask the platform team to put back the key that it was started with, then retry it.';

/** Removes everything: for runs whose secrets were encrypted with another key, so that it can't be told what is one. */
export const blackout: Redactor = {
  active: true,
  text: value => (value === '' ? '' : UNREADABLE),
  json: value => blackOut(value) as typeof value,
  hold: value => ({
    text: value.replace(/[^\r\n]+/g, UNREADABLE),
    held: '',
  }),
};

function blackOut(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(blackOut);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item], index) => {
        if (key === 'hint') {
          return [key, PUT_BACK];
        }
        return [
          key === 'message' ? key : `removed ${index + 1}`,
          blackOut(item),
        ];
      }),
    );
  }
  return typeof value === 'string' || typeof value === 'number'
    ? UNREADABLE
    : value;
}
