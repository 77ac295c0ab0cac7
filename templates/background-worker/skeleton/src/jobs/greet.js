/** An example to replace: greets somebody in the log. */
export const greet = {
  name: 'greet',
  // How often it is tried again, and how long after: see the options of pg-boss' createQueue.
  queue: { retryLimit: 3, retryDelay: 5, retryBackoff: true },

  /** What fails throws; its message is in the log, and it is tried again. */
  async run({ name }, { logger }) {
    if (typeof name !== 'string' || name === '') {
      throw new Error('name: Send JSON with the name of whom to greet.');
    }
    logger.info(`Hello ${name}`);
  },
};
