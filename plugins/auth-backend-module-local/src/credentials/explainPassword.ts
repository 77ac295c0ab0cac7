import { formatUserName } from '../users/userName';

/** The shortest password a person can choose, in characters; NIST SP 800-63B (2024) asks for at least 8, better 15. */
export const MIN_PASSWORD_LENGTH = 12;

/** Long enough for any sentence, short enough that hashing it costs nothing extra. */
export const MAX_PASSWORD_LENGTH = 128;

/** Says what is wrong with a password that a user wants to choose, or `undefined` where nothing is. */
export function explainPassword(
  password: string,
  context: { userRef: string; currentPassword: string },
): string | undefined {
  const length = [...password].length;
  if (length < MIN_PASSWORD_LENGTH) {
    return `The new password has ${length} characters. Use at least ${MIN_PASSWORD_LENGTH}.`;
  }
  if (length > MAX_PASSWORD_LENGTH) {
    return `The new password has ${length} characters. Use at most ${MAX_PASSWORD_LENGTH}.`;
  }
  const userName = formatUserName(context.userRef);
  if (isRepetitionOf(userName, password.toLocaleLowerCase('en-US'))) {
    return 'The new password is the user name. Use something that others can’t guess.';
  }
  if (password === context.currentPassword) {
    return 'The new password is the current one. Use another.';
  }
  return undefined;
}

function isRepetitionOf(word: string, text: string): boolean {
  return text.replaceAll(word, '') === '';
}
