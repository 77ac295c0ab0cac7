// A job that takes as long, and ends, as the file says that the environment variable PLAN names.
import fs from 'node:fs';
import process from 'node:process';

const { forMs = 0, code = 0 } = JSON.parse(
  fs.readFileSync(process.env.PLAN, 'utf8'),
);
console.log(`begins, port ${process.env.PORT}`);
setTimeout(() => {
  console.log('ends');
  process.exitCode = code;
}, forMs);
