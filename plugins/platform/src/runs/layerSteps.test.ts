import { aStep } from '../__testUtils__/platform';
import { layerSteps } from './layerSteps';

function idsOf(steps: Parameters<typeof layerSteps>[0]) {
  return layerSteps(steps).map(column => column.map(({ id }) => id));
}

it('puts steps side by side that wait for the same, whatever their order', () => {
  expect(
    idsOf([
      aStep('switch', { dependsOn: ['start', 'migrate'] }),
      aStep('plan'),
      aStep('migrate', { dependsOn: ['plan'] }),
      aStep('start', { dependsOn: ['plan'] }),
    ]),
  ).toEqual([['plan'], ['migrate', 'start'], ['switch']]);
});

it('comes to an end with steps that wait for each other or for one that is not there', () => {
  expect(
    idsOf([
      aStep('a', { dependsOn: ['b'] }),
      aStep('b', { dependsOn: ['a', 'gone'] }),
    ])
      .flat()
      .sort(),
  ).toEqual(['a', 'b']);
});
