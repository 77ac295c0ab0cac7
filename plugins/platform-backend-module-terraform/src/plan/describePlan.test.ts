import { describePlan } from './describePlan';
import { type PlannedDifference, planOutput } from './planOutput';

function planOf(change: PlannedDifference, more: object = {}) {
  const address = 'bucket.files';
  return planOutput.parse({
    resource_changes: [
      { address, mode: 'managed', type: 'bucket', change, ...more },
    ],
  });
}

/** What the tests with the CLI don't come across: its built-in resource is too plain. */
describe('describePlan', () => {
  it('says what is lost where something is taken away', () => {
    const plan = planOf({
      actions: ['delete'],
      before: { id: 1 },
      after: null,
    });
    expect(describePlan(plan, true)).toEqual({
      action: 'replace',
      fields: [
        {
          field: 'bucket.files',
          from: 'a bucket',
          dataLoss: 'What bucket.files holds is lost.',
        },
      ],
    });
  });

  it('names what is left of one that was replaced', () => {
    const plan = planOf(
      { actions: ['delete'], before: {}, after: null },
      { deposed: 'ab12' },
    );
    expect(describePlan(plan, true).fields[0].field).toBe(
      'bucket.files (deposed ab12)',
    );
  });

  it('flags the attributes that force a replacement, and no others', () => {
    const plan = planOf({
      actions: ['create', 'delete'],
      before: { id: 'a', zone: 'north', tags: { a: '1' } },
      after: { zone: 'south', tags: { a: '2' } },
      after_unknown: { id: true, tags: {} },
      replace_paths: [['zone']],
    });
    const dataLoss =
      'bucket.files is destroyed and made anew: what it holds is lost.';
    expect(describePlan(plan, true)).toEqual({
      action: 'replace',
      fields: [
        { field: 'bucket.files.id', from: 'a', to: '(known once it is made)' },
        { field: 'bucket.files.tags', from: { a: '1' }, to: { a: '2' } },
        { field: 'bucket.files.zone', from: 'north', to: 'south', dataLoss },
      ],
    });
  });

  it('leaves alone what it gives out of its hands', () => {
    const plan = planOf({ actions: ['forget'], before: {}, after: null });
    expect(describePlan(plan, true)).toEqual({
      action: 'update',
      fields: [
        { field: 'bucket.files', from: 'a bucket', to: 'left to itself' },
      ],
    });
  });

  it('hides secrets at any depth, and where they come back without their mark', () => {
    const plan = planOf({
      actions: ['update'],
      before: {
        users: [{ name: 'a', password: 'old secret' }],
        url: 'https://a:old secret@b',
        port: 1,
      },
      after: {
        users: [{ name: 'a', password: 'new secret' }],
        url: 'https://a:new secret@b',
        port: 2,
      },
      before_sensitive: { users: [{ password: true }] },
      after_sensitive: { users: [{ password: true }] },
    });
    const told = describePlan(plan, true);
    expect(JSON.stringify(told)).not.toMatch(/old secret|new secret/);
    expect(told.fields).toEqual([
      { field: 'bucket.files.port', from: 1, to: 2 },
      {
        field: 'bucket.files.url',
        from: 'https://a:(secret)@b',
        to: '(another secret)',
      },
      {
        field: 'bucket.files.users',
        from: [{ name: 'a', password: '(secret)' }],
        to: '(another secret)',
      },
    ]);
  });

  it('tells of outputs where nothing else changes', () => {
    const plan = planOutput.parse({
      output_changes: {
        url: { actions: ['update'], before: 'a', after: 'b' },
        key: { actions: ['no-op'], before: 'c', after: 'c' },
      },
    });
    expect(describePlan(plan, true)).toEqual({
      action: 'update',
      fields: [{ field: 'output.url', from: 'a', to: 'b' }],
    });
  });

  it('takes no account of what is only read', () => {
    const plan = planOf(
      { actions: ['read'], before: null, after: {} },
      { mode: 'data' },
    );
    expect(describePlan(plan, true)).toEqual({ action: 'none', fields: [] });
  });
});
