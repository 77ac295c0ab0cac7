/**
 * A failure whose message is meant for the person at the terminal: it says what
 * was wrong, where, and what would be right. It is shown without a stack trace.
 */
export class UserError extends Error {
  name = 'UserError';
}

/**
 * Runs a command's main function and turns its failures into one message and exit code 1.
 *
 * @param {() => Promise<number | void>} main - returns the exit code; nothing means 0
 */
export async function runMain(main) {
  try {
    process.exit((await main()) ?? 0);
  } catch (error) {
    const text = error instanceof UserError ? error.message : error.stack;
    process.stderr.write(`\n${text}\n`);
    // What still listens (signals, the channel to another Node's process) must not keep it alive.
    process.exit(1);
  }
}
