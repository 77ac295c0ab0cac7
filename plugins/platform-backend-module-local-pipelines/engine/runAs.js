// runAs.js <uid> <gid> <command...>: runs a command as another user.
const { spawnSync } = require('node:child_process');

const [, , uid, gid, command, ...options] = process.argv;
process.setgroups([]);
process.setgid(Number(gid));
process.setuid(Number(uid));
const { error, status } = spawnSync(command, options, { stdio: 'inherit' });
if (error) {
  process.stderr.write(`${error.message}\n`);
}
process.exit(status ?? 1);
