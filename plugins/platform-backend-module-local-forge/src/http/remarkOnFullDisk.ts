import { isFullDisk } from '../explainFullDisk';

const LENGTH_DIGITS = 4;
/** The band of what a person reads (gitprotocol-pack, "Packfile Data"). */
const PROGRESS_BAND = 2;
/** git hands on what its programs print in small pieces. */
const REMEMBERED_CHARACTERS = 300;

const REMARK =
  'The disk of the portal is full, and nothing was changed. Ask the platform team to make room, then push again.';

/**
 * Passes git's answer to a push on, packet by packet. Where git gave up because the disk is full, which
 * it says in its own words, it goes on to tell the person what that means for the push.
 */
export async function* remarkOnFullDisk(
  answer: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  let said = '';
  let isRemarked = false;
  for await (const chunk of answer) {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const size = sizeOfPacket(rest);
      if (size === undefined || rest.length < size) {
        break;
      }
      const packet = rest.subarray(0, size);
      rest = rest.subarray(size);
      if (packet[LENGTH_DIGITS] === PROGRESS_BAND) {
        const text = packet.toString('utf8', LENGTH_DIGITS + 1);
        said = (said + text).slice(-REMEMBERED_CHARACTERS);
      } else if (!isRemarked && isFullDisk(said)) {
        isRemarked = true;
        yield progress(`${said.endsWith('\n') ? '' : '\n'}${REMARK}\n`);
      }
      yield packet;
    }
  }
  yield rest;
}

/** `undefined` while its length is not there, or where this is no packet. */
function sizeOfPacket(bytes: Buffer): number | undefined {
  const digits = bytes.toString('latin1', 0, LENGTH_DIGITS);
  return /^[0-9a-f]{4}$/i.test(digits)
    ? // Up to 3 are marks without content.
      Math.max(LENGTH_DIGITS, Number.parseInt(digits, 16))
    : undefined;
}

function progress(text: string): Buffer {
  const size = LENGTH_DIGITS + 1 + Buffer.byteLength(text);
  return Buffer.concat([
    Buffer.from(size.toString(16).padStart(LENGTH_DIGITS, '0')),
    Buffer.from([PROGRESS_BAND]),
    Buffer.from(text),
  ]);
}
