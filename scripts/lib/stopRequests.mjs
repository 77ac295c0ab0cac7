/** npm passes the terminal's Ctrl-C on a second time; what comes so soon is the same wish. */
const sameWish = 500;

/**
 * Calls `first` when the person wants the command to end, and `second` when they insist.
 *
 * @param {{ first: () => void, second: () => void }} handlers
 */
export function onStopRequest({ first, second }) {
  let firstAt;
  const request = () => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      first();
    } else if (performance.now() - firstAt > sameWish) {
      second();
    }
  };
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(signal =>
    process.on(signal, request),
  );
  process.once('disconnect', request);
}
