import type { RotationDetail } from '@slipway/plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aTeam } from '../__testUtils__/ownership';
import { renderOwnership } from '../__testUtils__/renderOwnership';

const IDRIS = 'user:default/idris';

const payments: RotationDetail = {
  name: 'payments',
  rotation: 'payments',
  team: 'group:default/payments',
  teamTitle: 'Payments',
  timeZone: 'Europe/Berlin',
  file: 'org/oncall/payments.yaml',
  line: 2,
  now: { person: IDRIS, title: 'Idris', until: '2026-11-30T08:00:00.000Z' },
  definition: {
    name: 'payments',
    team: 'group:default/payments',
    timeZone: 'Europe/Berlin',
    layers: [
      {
        name: 'weeks',
        people: [IDRIS],
        turnDays: 7,
        handOver: { day: 'mon', time: '09:00' },
        start: '2026-11-02',
        restrict: [],
      },
    ],
    overrides: [],
  },
  shifts: [
    {
      kind: 'layer',
      person: IDRIS,
      layer: 'weeks',
      since: '2026-11-23T08:00:00.000Z',
      until: '2026-11-30T08:00:00.000Z',
    },
    { kind: 'gap', since: '2026-11-30T08:00:00.000Z' },
  ],
  people: { [IDRIS]: 'Idris' },
};

describe('on call', () => {
  it('lists who is on call, and what is wrong with the files', async () => {
    renderOwnership(
      { path: '/ownership/on-call' },
      {
        listRotations: async () => ({
          items: [{ ...payments, gap: { since: '2026-11-29T08:00:00.000Z' } }],
          problems: [
            { file: 'org/oncall/x.yaml', line: 3, message: 'No such person.' },
          ],
        }),
      },
    );
    const row = await screen.findByRole('row', { name: /payments/ });
    expect(within(row).getByRole('link', { name: /29/ })).toHaveAttribute(
      'href',
      '/ownership/on-call/payments',
    );
    expect(row).toHaveTextContent(/Idris until/);
    expect(screen.getByText('org/oncall/x.yaml:3')).toBeVisible();
  });

  it('shows the shifts in the time zone of the rotation, and gaps among them', async () => {
    renderOwnership(
      { path: '/ownership/on-call/payments' },
      { getRotation: async () => payments },
    );
    expect(
      await screen.findByText(/Nobody is on call for a part/),
    ).toBeVisible();
    const gap = screen.getByRole('row', { name: /no layer covers it/ });
    expect(within(gap).getByText(/09:00/)).toBeVisible();
  });

  it('lets somebody of the team take over a shift', async () => {
    const swapShift = jest.fn(async () => payments);
    renderOwnership(
      { path: '/ownership/on-call/payments' },
      {
        getRotation: async () => payments,
        getTeam: async () => aTeam(),
        swapShift,
      },
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Swap' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      await within(dialog).findByRole('button', { name: /Colleague/ }),
    );
    await userEvent.click(await screen.findByRole('option', { name: 'Mara' }));
    await userEvent.type(within(dialog).getByLabelText('Why'), 'A concert.');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Swap' }));
    await waitFor(() =>
      expect(swapShift).toHaveBeenCalledWith('payments', {
        since: '2026-11-23T08:00:00.000Z',
        to: 'user:default/mara',
        why: 'A concert.',
      }),
    );
  });
});
