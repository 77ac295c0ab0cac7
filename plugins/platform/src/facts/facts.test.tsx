import type {
  ArtifactFact,
  PlatformApi,
} from '@slipway/plugin-platform-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aRelease, secondsAgo } from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';

const release = aRelease(3, 'Validate the currency');

function aFact(fact: Partial<ArtifactFact>): ArtifactFact {
  return {
    kind: 'secrets',
    state: 'passed',
    summary: 'none found',
    findings: [],
    measuredAt: secondsAgo(60),
    ...fact,
  };
}

function open(facts: ArtifactFact[], api: Partial<PlatformApi> = {}) {
  const listFacts = jest.fn(async () => facts);
  renderPlatform(
    { path: '/deliveries/orders/3' },
    {
      getRelease: async () => ({
        release,
        deployments: [],
        configurations: [],
      }),
      listHolds: async () => [],
      listFacts,
      ...api,
    },
  );
  return listFacts;
}

describe('the facts of a release', () => {
  it('say what its pipeline found, and what it is made of', async () => {
    const user = userEvent.setup();
    const getSbom = jest.fn(async () => ({ bomFormat: 'CycloneDX' }));
    const createObjectURL = jest.fn(() => 'blob:sbom');
    Object.assign(URL, { createObjectURL, revokeObjectURL: jest.fn() });
    const listFacts = open(
      [
        aFact({}),
        aFact({
          kind: 'dependencies',
          state: 'warning',
          summary: '1 high',
          findings: [
            {
              name: 'qs <6.2.4',
              severity: 'High',
              description: 'Prototype pollution',
              file: 'package-lock.json',
            },
          ],
        }),
        aFact({ kind: 'sbom', summary: '85 packages' }),
      ],
      { getSbom },
    );
    expect(await screen.findByText('none found')).toBeVisible();
    expect(listFacts.mock.calls[0]).toEqual([
      release.artifactDigest,
      expect.anything(),
    ]);
    const found = screen.getByText(/High: Prototype pollution/);
    expect(found).not.toBeVisible();
    await user.click(screen.getByText('1 high'));
    expect(found).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Save the SBOM' }));
    await waitFor(() => expect(createObjectURL).toHaveBeenCalled());
    expect(getSbom).toHaveBeenCalledWith(release.artifactDigest);
  });

  it('say so where nothing was reported', async () => {
    open([]);
    expect(await screen.findByText('Nothing was reported')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Save the SBOM' })).toBeNull();
  });
});
