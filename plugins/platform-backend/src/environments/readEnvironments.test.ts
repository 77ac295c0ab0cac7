import { mockServices } from '@backstage/backend-test-utils';
import { readEnvironments } from './readEnvironments';

function read(environments: object[]) {
  return readEnvironments(
    mockServices.rootConfig({ data: { platform: { environments } } }),
  );
}

describe('readEnvironments', () => {
  it('reads them in order, and keeps what is not said mild', () => {
    expect(
      read([
        { name: 'dev', autoDeploy: true },
        { name: 'prod', title: 'Production', protected: true },
      ]),
    ).toEqual([
      { name: 'dev', title: 'dev', autoDeploy: true, protected: false },
      {
        name: 'prod',
        title: 'Production',
        autoDeploy: false,
        protected: true,
      },
    ]);
  });

  it('refuses what is not valid', () => {
    expect(() => read([{ name: 'Prod!' }])).toThrow(
      `"Prod!" can't name an environment`,
    );
    expect(() => read([])).toThrow('at least one environment');
    expect(() => read([{ name: 'dev' }, { name: 'dev' }])).toThrow(
      'each of them once',
    );
    expect(() => read([{ name: 'dev', protected: 'sometimes' }])).toThrow(
      'protected',
    );
  });
});
