import { createIdleCollector } from './returnIdleMemory';

const MEGABYTE = 1024 * 1024;

describe('createIdleCollector', () => {
  function processWith(megabytes: number) {
    const memory = {
      busy: 0,
      megabytes,
      collections: 0,
      utilization: () => memory.busy,
      resident: () => memory.megabytes * MEGABYTE,
      collect: () => {
        memory.collections += 1;
        memory.megabytes = 240;
      },
    };
    return { memory, look: createIdleCollector(memory) };
  }

  it('collects once the process has nothing else to do', () => {
    const { memory, look } = processWith(440);
    memory.busy = 0.6;
    look();
    expect(memory.collections).toBe(0);
    memory.busy = 0.01;
    look();
    expect(memory.megabytes).toBe(240);
  });

  it('does so again only after the process has grown', () => {
    const { memory, look } = processWith(440);
    look();
    memory.megabytes = 290;
    look();
    expect(memory.collections).toBe(1);
    memory.megabytes = 310;
    look();
    expect(memory.collections).toBe(2);
  });

  it('counts from what is left once the memory went back', () => {
    const { memory, look } = processWith(440);
    memory.collect = () => {
      memory.collections += 1;
    };
    look();
    memory.megabytes = 240;
    look();
    memory.megabytes = 310;
    look();
    expect(memory.collections).toBe(2);
  });
});
