import { randomBytes } from 'node:crypto';

/** Secrets that are put somewhere, each in one place, so that what is found tells where it got out. */
export class Canaries {
  readonly #secrets = new Map<string, string>();

  /** The secret of a place; the same one each time. */
  of(place: string): string {
    let secret = this.#secrets.get(place);
    if (secret === undefined) {
      const random = randomBytes(9).toString('hex');
      secret = `${random.slice(0, 9)}"\\/ é+&${random.slice(9)}?😀`;
      this.#secrets.set(place, secret);
    }
    return secret;
  }

  /** A secret of several lines, as keys are. */
  key(place: string): string {
    const line = this.of(`${place}, line`);
    const secret = `-----BEGIN ${place}\n  ${line}\n${line}\n--end`;
    this.#secrets.set(place, secret);
    return secret;
  }

  get places(): string[] {
    return [...this.#secrets.keys()].sort();
  }

  /** The places whose secret stands in one of the texts, in whatever form, or a part of it that nobody could guess. */
  foundIn(texts: string[]): string[] {
    const all = texts.flatMap(readings).join('\n');
    return this.places.filter(place => {
      const secret = this.of(place);
      const parts = secret.match(/[0-9a-f]{9}/g) ?? [];
      return [...writings(secret), ...parts].some(form => all.includes(form));
    });
  }
}

/** All the ways in which a secret is written here; written out on its own, not with what the redactor uses. */
export function writings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const ascii = json.replace(
    /[^ -~]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const percent = encodeURIComponent(secret);
  const form = new URLSearchParams({ '': secret }).toString().slice(1);
  const hex = Buffer.from(secret).toString('hex');
  return [
    secret,
    json,
    ascii,
    json.replaceAll('/', '\\/'),
    ...[json, ascii].map(text => JSON.stringify(text).slice(1, -1)),
    percent,
    form,
    form.toLowerCase(),
    percent.replace(/%../g, code => code.toLowerCase()),
    hex,
    hex.toUpperCase(),
    ...base64Of(secret),
  ];
}

/** Base64 of a secret with something before and after it, without what is mixed with that. */
function base64Of(secret: string): string[] {
  return ['', '-', '--'].flatMap(before => {
    const bytes = Buffer.from(`${before}${secret}`);
    const from = Math.ceil((before.length * 8) / 6);
    const to = Math.floor((bytes.length * 8) / 6);
    const text = bytes.toString('base64').slice(from, to);
    return [text, text.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** A text, and each string in it where it is JSON or a stream of JSON; log lines also joined, as a secret may be split. */
function readings(text: string): string[] {
  const values = text.split(/\n+(?:data: )?|^data: /).flatMap(parsed);
  const lines = values.flatMap(value => textsIn(value)).join('');
  return [
    text,
    text.replace(/[\r\n]/g, ''),
    lines,
    ...values.flatMap(stringsIn),
  ];
}

function parsed(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) {
    return [...Object.keys(value), ...Object.values(value)].flatMap(stringsIn);
  }
  return [String(value)];
}

function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'text' ? [String(item)] : textsIn(item),
  );
}
