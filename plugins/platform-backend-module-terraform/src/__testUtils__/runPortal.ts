import { createContext, TestWorld } from './TestWorld';

/** What a portal is to a module: a process that applies one, and is killed while it does. */
async function runPortal(): Promise<void> {
  const [world, module, resource] = process.argv.slice(2);
  const provider = (await TestWorld.open(JSON.parse(world))).provider(module);
  await provider.apply(JSON.parse(resource), createContext());
}

runPortal().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
