import { mockServices } from '@backstage/backend-test-utils';
import { createKeys } from './createKeys';

function keys(encryptionKey?: string, previousEncryptionKeys?: string[]) {
  return createKeys(
    mockServices.rootConfig({
      data: { platform: { encryptionKey, previousEncryptionKeys } },
    }),
  );
}

describe('createKeys', () => {
  it('derives one key for each purpose, always the same', () => {
    const one = keys('k'.repeat(32));
    expect(one.derive('callbacks')).toHaveLength(32);
    expect(one.derive('callbacks')).toEqual(
      keys('k'.repeat(32)).derive('callbacks'),
    );
    expect(one.derive('callbacks')).not.toEqual(one.derive('run-secrets'));
    expect(one.derive('callbacks')).not.toEqual(
      keys('l'.repeat(32)).derive('callbacks'),
    );
  });

  it('says what is wrong with the configuration, without showing the key', () => {
    expect(() => keys()).toThrow('platform.encryptionKey is missing');
    expect(() => keys('short and sweet')).toThrow(
      'platform.encryptionKey has 15 characters. Set it to at least 32 random characters',
    );
  });

  it('gives each key an id, which npm run rotate-key knows it by too', () => {
    const [current, previous, ...rest] = keys('k'.repeat(32), [
      'l'.repeat(32),
      'k'.repeat(32),
    ]).deriveAll('callbacks');
    expect(rest).toEqual([]);
    expect(current).toEqual({
      id: 'd706ec1b3a61',
      key: keys('k'.repeat(32)).derive('callbacks'),
    });
    expect(previous.key).toEqual(keys('l'.repeat(32)).derive('callbacks'));
  });

  it('says which of the previous keys is wrong', () => {
    expect(() => keys('k'.repeat(32), ['short'])).toThrow(
      'platform.previousEncryptionKeys[0] has 5 characters',
    );
  });
});
