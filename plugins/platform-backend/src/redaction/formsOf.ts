/** The shortest value that is removed, in characters; what is shorter stands in every other word. */
export const MIN_SECRET_LENGTH = 6;

/** How many characters at the beginning of a Base64 text depend on the 0, 1 or 2 bytes before. */
const BASE64_LEAD = [0, 2, 3];

/**
 * The forms in which a secret is looked for, besides the encodings that readings take away: itself, Base64 at each of the
 * three places that a byte can have in it, and hexadecimal. A secret of several lines is looked for line by line too. None
 * of them holds a newline, since texts are read without theirs.
 */
export function formsOf(secret: string): string[] {
  const lines = secret.split(/\r\n|\r|\n/).map(line => line.trim());
  const parts = [secret.trim(), ...(lines.length > 1 ? lines : [])].filter(
    part => part.length >= MIN_SECRET_LENGTH,
  );
  const forms = [secret, ...parts].flatMap(part => [
    part.replace(/[\r\n]/g, ''),
    ...encodedForms(Buffer.from(part)),
  ]);
  return [...new Set(forms)].filter(form => form.length >= MIN_SECRET_LENGTH);
}

function encodedForms(bytes: Buffer): string[] {
  const hex = bytes.toString('hex');
  const base64 = BASE64_LEAD.flatMap((lead, before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(lead);
    const bare = padded.replace(/=+$/, '');
    // The last character depends on what comes next, unless the bytes end where a character does.
    const inner = bare.length < padded.length ? bare.slice(0, -1) : bare;
    return [padded, bare, inner];
  });
  return [
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map(text => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}
