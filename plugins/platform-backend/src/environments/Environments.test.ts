import { environmentsText } from '../__testUtils__/environments';
import { definitionText, THREE } from './__testUtils__/company';
import { POSTGRES } from './__testUtils__/providers';
import { Environments, type EnvironmentsNews } from './Environments';

const DEFINITION = definitionText('db', 'type: postgres');

function file(text: string) {
  return [{ name: 'environments.yaml', text }];
}

function setUp() {
  const environments = new Environments(
    file(environmentsText(THREE, DEFINITION)),
    [POSTGRES],
  );
  const news: EnvironmentsNews[] = [];
  const stop = environments.onChange(one => news.push(one));
  const take = (...text: Parameters<typeof environmentsText>) =>
    environments.take(file(environmentsText(...text)));
  return { environments, news, stop, take };
}

describe('Environments', () => {
  it('refuses to begin with what is not valid, and lists all of it', () => {
    expect(
      () =>
        new Environments(
          file(
            environmentsText(
              [{ name: 'Dev' }],
              definitionText('db', 'type: postgres', 'provider: postgers'),
            ),
          ),
          [POSTGRES],
        ),
    ).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(
          /^The environments and resource definitions are not valid .*:\nenvironments\.yaml:1: metadata\.name .*\nenvironments\.yaml:6: This portal has no resource provider "postgers"\./,
        ),
      }),
    );
  });

  it('counts what is newer and valid from then on, and says what changed', () => {
    const { environments, news, take } = setUp();
    const before = environments.view();
    expect(before).toMatchObject({
      environments: [{ name: 'dev' }, { name: 'staging' }, { name: 'prod' }],
      definitions: [{ name: 'db' }],
      problems: [],
    });
    const [dev, , prod] = THREE;
    take(
      [prod, { ...dev, title: 'Development' }],
      `${DEFINITION}\n# the same, with a comment`,
      definitionText('cache', 'type: postgres, environment: dev'),
    );
    expect(environments.all().map(({ name }) => name)).toEqual(['prod', 'dev']);
    expect(environments.get('staging')).toBeUndefined();
    expect(environments.get('dev')?.title).toBe('Development');
    expect(() => environments.require('staging')).toThrow(
      'environment: there is no environment "staging". There are: prod, dev.',
    );
    expect(
      environments.match({
        type: 'postgres',
        environment: 'dev',
        class: 'default',
      }).name,
    ).toBe('cache');
    expect(news).toEqual([
      {
        changes: [
          'environment dev: title',
          'environment staging is gone',
          'new definition cache',
        ],
        problems: [],
      },
    ]);
    expect(environments.view().readAt >= before.readAt).toBe(true);
  });

  it('tells of another order, and of nothing where nothing else counts', () => {
    const { news, take } = setUp();
    take(THREE, '# a comment', DEFINITION);
    expect(news).toEqual([]);
    take(THREE.toReversed(), DEFINITION);
    expect(news.map(({ changes }) => changes)).toEqual([
      ['order of environments: prod, staging, dev'],
    ]);
  });

  it('lets nothing that is not valid count, and shows what keeps it from counting until it is mended', () => {
    const { environments, news, take } = setUp();
    const { readAt } = environments.view();
    const broken = definitionText('db', 'type: postgres', 'provider: nothing');
    take(THREE, broken);
    take(THREE, broken);
    expect(environments.view()).toMatchObject({
      readAt,
      definitions: [{ provider: 'postgres' }],
      problems: [{ file: 'environments.yaml', line: 10 }],
    });
    expect(news).toEqual([
      { changes: [], problems: environments.view().problems },
    ]);
    take(THREE, DEFINITION);
    expect(environments.view().problems).toEqual([]);
    expect(news.slice(1)).toEqual([{ changes: [], problems: [] }]);
  });

  it('tells no more who has stopped listening', () => {
    const { news, stop, take } = setUp();
    stop();
    take(THREE);
    expect(news).toEqual([]);
  });

  it('keeps nothing of a file that is taken away as a whole', () => {
    const { environments } = setUp();
    environments.take([]);
    expect(environments.all()).toHaveLength(3);
    expect(environments.view().problems).toMatchObject([
      { message: expect.stringContaining('There is no environment.') },
    ]);
  });
});
