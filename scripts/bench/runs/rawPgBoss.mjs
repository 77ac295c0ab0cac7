import { PgBoss } from 'pg-boss';

/**
 * Plain pg-boss doing as many jobs as runs have steps: chains, where the handler of each job sends the next. Forked by the bench, so
 * that it has a process of its own, as a backend has. Ways to write it that differ in speed: one job a fetch, or ten.
 */
const ways = {
  oneByOne: limit => ({ localConcurrency: limit }),
  inBatches: limit => ({
    localConcurrency: limit / 10,
    batchSize: 10,
    burstWhenBatchFull: true,
  }),
};

process.once('message', async ({ connection, chains, length, limit, way }) => {
  const boss = new PgBoss({ ...connection, useListenNotify: true });
  boss.on('error', error => console.error(error.message));
  await boss.start();
  const queue = `chains-${way}`;
  await boss.createQueue(queue, { notify: true });
  for (let chain = 0; chain < chains; chain += 1) {
    await boss.send(queue, { chain, step: 1 });
  }
  let left = chains;
  process.send({ begins: true });
  const started = performance.now();
  await new Promise(resolve => {
    boss.work(
      queue,
      {
        ...ways[way](limit),
        pollingIntervalSeconds: 0.5,
        notifyPollingIntervalSeconds: 0.5,
      },
      async jobs => {
        await Promise.all(
          jobs.map(async ({ data: { chain, step } }) => {
            if (step < length) {
              await boss.send(queue, { chain, step: step + 1 });
            } else {
              left -= 1;
              if (left === 0) resolve();
            }
          }),
        );
      },
    );
  });
  const seconds = (performance.now() - started) / 1000;
  process.send({ seconds });
  process.once('message', async () => {
    await boss.stop({ graceful: false });
    process.exit(0);
  });
});
