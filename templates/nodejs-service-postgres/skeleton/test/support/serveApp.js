/** Serves an app for a test; answers its address. */
export async function serveApp(test, app) {
  const server = await new Promise(resolve => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  test.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}
