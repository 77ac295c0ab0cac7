import { ResponseError } from '@backstage/errors';
import type { RunPlan } from '@slipway/plugin-platform-common';
import { fillPlan } from './fillPlan';
import { findObjections } from './findObjections';
import { findPlanField, titlesOf } from './findPlanField';
import { parametersByField } from './parametersByField';

const declaration = {
  kind: 'provision-resource',
  input: {
    type: 'postgres',
    name: '${{ parameters.name }}',
    service: 'of ${{parameters.name}} and ${{ parameters.team.name }}',
    environment: '${{ parameters.where }}',
    owner: '${{ parameters.owner }}',
    timeToLiveMs: '${{ parameters.life }}',
    parameters: {
      extensions: '${{ parameters.extensions }}',
      list: ['${{ parameters.none }}', 'fixed', '${{ parameters.life }}'],
    },
  },
};

function refusal(status: number, message: string): Promise<ResponseError> {
  return ResponseError.fromResponse(
    Response.json(
      {
        error: { name: 'InputError', message },
        response: { statusCode: status },
      },
      { status },
    ) as never,
  );
}

describe('fillPlan', () => {
  it('fills in values as they are, leaves out what has none, and tells which', () => {
    expect(
      fillPlan(declaration, {
        name: 'orders',
        team: { name: 'payments' },
        where: '',
        life: 60_000,
        extensions: ['citext'],
      }),
    ).toEqual({
      request: {
        kind: 'provision-resource',
        input: {
          type: 'postgres',
          name: 'orders',
          service: 'of orders and payments',
          timeToLiveMs: 60_000,
          parameters: { extensions: ['citext'], list: ['fixed', 60_000] },
        },
      },
      missing: ['where', 'owner', 'none'],
    });
  });
});

describe('findPlanField', () => {
  it('finds the field that says which run is started, and what the parameters are called', () => {
    const steps = [
      { schema: { properties: { name: { title: 'Name' }, where: {} } } },
      {
        schema: {
          properties: {
            plan: { 'ui:field': 'RunPlanPreview', 'ui:options': declaration },
          },
        },
      },
    ];
    expect(findPlanField(steps)).toEqual({ parameter: 'plan', declaration });
    expect(findPlanField(steps.slice(0, 1))).toBeUndefined();
    expect([...titlesOf(steps)]).toEqual([
      ['name', 'Name'],
      ['where', 'where'],
      ['plan', 'plan'],
    ]);
  });
});

describe('findObjections', () => {
  const parameters = parametersByField(declaration);

  it('tells which parameter of the form causes what the platform objects', async () => {
    const error = await refusal(
      400,
      'environment: there is no environment "moon". There are: dev; prod.; extensions: "x" is not offered; request: Too much.',
    );
    expect(findObjections({ error }, parameters)).toEqual([
      {
        parameter: 'where',
        message: 'there is no environment "moon". There are: dev; prod.',
      },
      { parameter: 'extensions', message: '"x" is not offered' },
      { message: 'request: Too much.' },
    ]);
  });

  it('tells what the rules deny, and by what it is caused where that is known', () => {
    const data = {
      decision: {
        effect: 'deny',
        reasons: [
          { decider: 'ownership', effect: 'deny', message: 'Not yours.' },
          { decider: 'other', effect: 'deny', message: 'Not now.' },
          { decider: 'fine', effect: 'allow', message: 'Fine.' },
        ],
      },
    } as RunPlan;
    expect(findObjections({ data }, parameters)).toEqual([
      { parameter: 'owner', message: 'Not yours.' },
      { parameter: undefined, message: 'Not now.' },
    ]);
  });

  it('does not take a platform that is away for an objection', async () => {
    const error = await refusal(503, 'Away.');
    expect(findObjections({ error }, parameters)).toEqual([]);
    expect(
      findObjections({ error: new TypeError('fetch failed') }, parameters),
    ).toEqual([]);
  });
});
