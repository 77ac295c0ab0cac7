import type {
  ProvidedResource,
  ResourceProvider,
} from '@slipway/plugin-platform-node';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CuttableProxy } from './__testUtils__/CuttableProxy';
import { createContext, TestWorld } from './__testUtils__/TestWorld';
import { until } from './__testUtils__/until';

jest.setTimeout(120_000);

const quiet = { signal: new AbortController().signal };

describe('createTerraformProvider', () => {
  let world: TestWorld;
  beforeEach(async () => {
    world = await TestWorld.create();
  });
  afterEach(() => world?.remove());

  const put = (file: string) =>
    writeFileSync(path.join(world.things, file), '');
  const take = (file: string) => rmSync(path.join(world.things, file));

  async function requireSettled(
    provider: ResourceProvider,
    resource: ProvidedResource,
  ): Promise<void> {
    expect(world.filesOf(resource)).toHaveLength(1);
    await expect(
      provider.plan(resource, await provider.observe(resource, quiet), quiet),
    ).resolves.toEqual({ action: 'none', fields: [] });
  }

  it('shows what a module would make, in the words of its resources', async () => {
    const provider = world.provider('thing');
    const resource = world.resource(provider);
    const plan = await provider.plan(resource, undefined, quiet);
    expect(plan).toEqual({
      action: 'create',
      fields: [
        {
          field: 'terraform_data.file.input',
          to: { base: `${world.things}/${resource.id}`, size: 'small' },
        },
        {
          field: 'terraform_data.file.triggers_replace',
          to: { region: '(known once it is made)' },
        },
        {
          field: 'terraform_data.place.input',
          to: { label: 'the orders.thing', region: 'north' },
        },
        { field: 'terraform_data.secret.input', to: '(secret)' },
      ],
    });
    expect(await world.states.schemas()).toEqual([]);
  });

  it('makes what was planned, tells of it, and hands its outputs over as text', async () => {
    const provider = world.provider('thing');
    const resource = world.resource(provider);
    const context = createContext();
    const { outputs } = await provider.apply(resource, context);
    expect(outputs).toEqual({
      size: 'small',
      labels: '["the orders.thing"]',
      key: `key of ${resource.id}`,
    });
    expect(context.secrets).toEqual([outputs.key]);
    expect(context.said).toContain('terraform_data.file: Creating...');
    expect(context.said.at(-1)).toBe(
      'Apply complete! Resources: 3 added, 0 changed, 0 destroyed.',
    );
    await provider.destroy(resource, createContext());
    expect(world.filesOf(resource)).toEqual([]);
    expect(await world.states.schemas()).toEqual([]);
    expect(world.uses()).toEqual([]);
  });

  it('has the module refuse what only it knows to be wrong, before anything is made', async () => {
    const provider = world.provider('thing');
    const resource = world.resource(provider, {
      size: 'large',
      region: 'south',
    });
    const refused = await provider
      .plan(resource, undefined, quiet)
      .catch(error => error);
    expect(refused.name).toBe('InputError');
    expect(refused.message).toMatch(
      /^Invalid value for variable: Only the north has large ones\. .* main\.tf:11,3-13\. \(parameters\.tfvars\.json:1\)$/,
    );
  });

  it('completes what failed in the middle, and says no more than why', async () => {
    const provider = world.provider('halfway');
    const resource = world.resource(provider);
    put('blocked');

    const failed = await provider
      .apply(resource, createContext())
      .catch(error => error);
    expect(failed.name).toBe('CliFailure');
    expect(failed.message).toMatch(
      /^Applying the plan failed\. local-exec provisioner error: .*…\.? \(terraform_data\.second, main\.tf:\d+\)$/s,
    );
    expect(failed.message.length).toBeLessThan(800);
    expect(world.filesOf(resource)).toHaveLength(1);

    const observation = await provider.observe(resource, quiet);
    expect(observation.exists).toBe(true);
    const plan = await provider.plan(resource, observation, quiet);
    expect(plan.fields.map(({ field }) => field)).toEqual([
      'terraform_data.second.id',
    ]);

    take('blocked');
    await provider.apply(resource, createContext());
    await requireSettled(provider, resource);
  });

  it('says that a module makes nothing', async () => {
    const provider = world.provider('empty');
    await expect(
      provider.plan(world.resource(provider), undefined, quiet),
    ).rejects.toMatchObject({
      name: 'OperationFailedError',
      message: 'The module empty: Planning failed. It makes nothing.',
    });
  });

  it('gives the CLI what it needs, and no secret of the portal', async () => {
    process.env.SLIPWAY_TEST_SECRET = 'hidden';
    const provider = world.provider('told', {
      environment: { CLOUD_TOKEN: 'given', PG_CONN_STR: 'overridden' },
    });
    const resource = world.resource(provider);
    await provider.apply(resource, createContext());
    delete process.env.SLIPWAY_TEST_SECRET;

    const read = (what: string) =>
      readFileSync(path.join(world.things, `${resource.id}.${what}`), 'utf8');
    expect(read('env')).toContain('CLOUD_TOKEN=given');
    expect(read('env')).toContain('TF_IN_AUTOMATION=1');
    expect(read('env')).toContain('PG_CONN_STR=postgres');
    expect(read('env')).not.toMatch(/SLIPWAY_TEST_SECRET|overridden/);
    expect(read('cmd')).toMatch(/(terraform|tofu) apply -json /);
    expect(read('cmd')).not.toContain(world.states.url.password);
  });

  it('makes one beside another that takes its time', async () => {
    const slow = world.provider('slow');
    const [one, other] = [world.resource(slow), world.resource(slow)];
    const both = [one, other].map(each => slow.apply(each, createContext()));
    await until('both are at it', () =>
      [one, other].every(each => world.filesOf(each).length === 1),
    );
    put('go');
    await Promise.all(both);
    await requireSettled(slow, one);
    await requireSettled(slow, other);
    expect(await world.states.schemas()).toHaveLength(2);
  });

  it('has what is cancelled written down, and completes it', async () => {
    const provider = world.provider('slow');
    const resource = world.resource(provider);
    const cancel = new AbortController();
    const work = provider.apply(resource, createContext(cancel.signal));
    await until('it is at it', () => world.filesOf(resource).length === 1);
    cancel.abort();
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });

    const observation = await provider.observe(resource, quiet);
    const plan = await provider.plan(resource, observation, quiet);
    expect(plan.action).toBe('replace');
    put('go');
    await provider.apply(resource, createContext());
    await expect(
      provider.plan(resource, await provider.observe(resource, quiet), quiet),
    ).resolves.toEqual({ action: 'none', fields: [] });
  });

  it('stores what it made while the database was away', async () => {
    const proxy = await CuttableProxy.start({
      host: world.states.url.hostname,
      port: Number(world.states.url.port),
    });
    const provider = world.provider('slow', {
      states: world.states.by(proxy.port),
    });
    const resource = world.resource(provider);
    const work = provider
      .apply(resource, createContext())
      .catch(error => error);
    await until('it is at it', () => world.filesOf(resource).length === 1);
    proxy.cut(true);
    await expect(provider.observe(resource, quiet)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    put('go');
    await until('the CLI has kept its state', () =>
      world.uses().some(file => file.endsWith('errored.tfstate')),
    );
    proxy.cut(false);
    await expect(work).resolves.toMatchObject({
      name: 'CliFailure',
      message: expect.stringContaining('Failed to'),
    });
    expect(world.uses().join()).not.toContain('errored.tfstate');

    await provider.apply(resource, createContext());
    await requireSettled(provider, resource);
    await proxy.stop();
  });

  it('stores first what an attempt could not store that was given up', async () => {
    const proxy = await CuttableProxy.start({
      host: world.states.url.hostname,
      port: Number(world.states.url.port),
    });
    const provider = world.provider('slow', {
      states: world.states.by(proxy.port),
    });
    const resource = world.resource(provider);
    const cancel = new AbortController();
    const work = provider
      .apply(resource, createContext(cancel.signal))
      .catch(error => error);
    await until('it is at it', () => world.filesOf(resource).length === 1);
    proxy.cut(true);
    put('go');
    await until('the CLI has kept its state', () =>
      world.uses().some(file => file.endsWith('errored.tfstate')),
    );
    cancel.abort();
    await work;
    await proxy.stop();

    await world.provider('slow').apply(resource, createContext());
    await requireSettled(world.provider('slow'), resource);
    expect(world.uses().join()).not.toContain('errored.tfstate');
  });
});
