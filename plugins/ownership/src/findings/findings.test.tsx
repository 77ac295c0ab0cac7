import type { Finding, FindingFilter } from '@slipway/plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aFinding, aTeam } from '../__testUtils__/ownership';
import { renderOwnership } from '../__testUtils__/renderOwnership';

const PATH = '/ownership/work-items';

/** A backend that has one finding, and keeps what is done about it. */
function oneFinding(finding: Finding) {
  let kept = finding;
  const change = async (changed: Partial<Finding>) => {
    kept = { ...kept, ...changed };
    return kept;
  };
  return {
    listFindings: jest.fn(async ({ state = 'open' }: FindingFilter) => ({
      items: kept.state === state ? [kept] : [],
    })),
    assignFinding: jest.fn((_id: string, assignee?: string) =>
      change({ assignee }),
    ),
    snoozeFinding: jest.fn(
      ({ until, reason }: { id: string; until: string; reason: string }) =>
        change({
          state: 'snoozed',
          snoozedUntil: until,
          snoozeReason: reason,
        }),
    ),
    wakeFinding: jest.fn((_id: string) => change({ state: 'open' })),
    getTeam: async () =>
      aTeam({
        people: [{ person: 'user:default/idris', title: 'Idris Bello' }],
      }),
  };
}

const menuOf = (title: string) =>
  screen.findByRole('button', { name: `More for ${title}` });

describe('acting on work items', () => {
  it('says what is wrong and why, and offers what nobody owns to who may take it', async () => {
    renderOwnership(
      { path: PATH },
      oneFinding(
        aFinding({
          evidence: ['The team that owned it is gone.'],
          suggestion: {
            owner: 'group:default/growth',
            reason: 'Growth merged most of its changes.',
          },
        }),
      ),
    );

    const row = within(await screen.findByRole('row', { name: /^coupons/ }));
    expect(row.getByText('no owner')).toBeVisible();
    expect(
      row.getByText(
        'The team that owned it is gone. Growth merged most of its changes.',
      ),
    ).toBeVisible();
    expect(row.getByRole('link', { name: 'growth' })).toHaveAttribute(
      'href',
      '/ownership/teams/default/growth',
    );
    expect(row.getByRole('link', { name: 'Offer coupons' })).toHaveAttribute(
      'href',
      '/ownership/transfers/new?entity=component%3Adefault%2Fcoupons&to=group%3Adefault%2Fgrowth',
    );
  });

  it('lets a person look after an item, ask somebody else to, and let go of it', async () => {
    const user = userEvent.setup();
    const api = oneFinding(aFinding());
    renderOwnership({ path: PATH }, api);

    await user.click(await menuOf('coupons'));
    await user.click(
      await screen.findByRole('menuitem', { name: 'Look after it' }),
    );
    expect(api.assignFinding).toHaveBeenLastCalledWith(
      'finding-1',
      'user:default/mara',
    );
    expect(await screen.findByText(/Looked after by/)).toHaveTextContent(
      'Looked after by mara',
    );

    await user.click(await menuOf('coupons'));
    await user.click(
      await screen.findByRole('menuitem', { name: 'Ask somebody to…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('button', { name: 'Ask them' })).toBeDisabled();
    await user.click(await dialog.findByRole('button', { name: /Person/ }));
    await user.click(
      await screen.findByRole('option', { name: 'Idris Bello' }),
    );
    await user.click(dialog.getByRole('button', { name: 'Ask them' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.assignFinding).toHaveBeenLastCalledWith(
      'finding-1',
      'user:default/idris',
    );

    await user.click(await menuOf('coupons'));
    await user.click(
      await screen.findByRole('menuitem', { name: 'Let go of it' }),
    );
    await waitFor(() =>
      expect(screen.queryByText(/Looked after by/)).toBeNull(),
    );
    expect(api.assignFinding).toHaveBeenLastCalledWith('finding-1', undefined);
  });

  it('snoozes an item with a reason, shows it among the snoozed, and wakes it', async () => {
    const user = userEvent.setup();
    const api = oneFinding(aFinding());
    renderOwnership({ path: PATH }, api);

    await user.click(await menuOf('coupons'));
    await user.click(await screen.findByRole('menuitem', { name: 'Snooze…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('button', { name: 'Snooze' })).toBeDisabled();
    await user.type(
      dialog.getByRole('textbox', { name: /Why it can wait/ }),
      'It goes in December',
    );
    await user.click(dialog.getByRole('button', { name: 'Snooze' }));
    expect(await screen.findByText('Nothing to mend')).toBeVisible();

    await user.click(screen.getByRole('button', { name: /State/ }));
    await user.click(await screen.findByRole('option', { name: 'snoozed' }));
    expect(await screen.findByText(/It goes in December/)).toBeVisible();
    await user.click(await menuOf('coupons'));
    await user.click(await screen.findByRole('menuitem', { name: 'Wake' }));
    expect(await screen.findByText('No work item matches')).toBeVisible();
    expect(api.wakeFinding).toHaveBeenCalledWith('finding-1');
  });

  it('shows why an item is closed, with nothing left to do about it', async () => {
    renderOwnership(
      { path: `${PATH}?state=closed` },
      oneFinding(
        aFinding({ state: 'closed', closedBecause: 'Growth owns it now.' }),
      ),
    );

    expect(
      await screen.findByText('Closed: Growth owns it now.'),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: /More for/ })).toBeNull();
  });

  it('shows what nobody owns, and what a team of others owns, where the address says so', async () => {
    const user = userEvent.setup();
    const listFindings = jest.fn(async () => ({ items: [] }));
    renderOwnership(
      { path: `${PATH}?who=group:default/growth` },
      { listFindings },
    );

    expect(
      await screen.findByRole('button', { name: /growth Whose/ }),
    ).toBeVisible();
    expect(listFindings).toHaveBeenLastCalledWith(
      expect.objectContaining({ owner: 'group:default/growth' }),
      expect.anything(),
    );
    await user.click(screen.getByRole('button', { name: /Whose/ }));
    await user.click(await screen.findByRole('option', { name: 'Nobody’s' }));
    await waitFor(() =>
      expect(listFindings).toHaveBeenLastCalledWith(
        expect.objectContaining({ owner: 'none' }),
        expect.anything(),
      ),
    );
  });

  it('asks for what the address says', async () => {
    const listFindings = jest.fn(async () => ({ items: [] }));
    renderOwnership({ path: `${PATH}?kind=stale&who=mine` }, { listFindings });

    expect(await screen.findByText('No work item matches')).toBeVisible();
    expect(listFindings).toHaveBeenLastCalledWith(
      expect.objectContaining({ kind: 'stale', assignee: 'user:default/mara' }),
      expect.anything(),
    );
  });

  it('says why it cannot load, and loads when asked again', async () => {
    const user = userEvent.setup();
    const listFindings = jest
      .fn()
      .mockRejectedValueOnce(new Error('The database is away'))
      .mockResolvedValue({ items: [aFinding()] });
    renderOwnership({ path: PATH }, { listFindings });

    expect(await screen.findByText("Can't load the work items")).toBeVisible();
    expect(screen.getByText('The database is away')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('coupons')).toBeVisible();
  });

  it('keeps an item as it is, and says why, where acting is refused', async () => {
    const user = userEvent.setup();
    renderOwnership(
      { path: PATH },
      {
        ...oneFinding(aFinding()),
        assignFinding: async () => {
          throw new Error('Only members of the team may do that');
        },
      },
    );

    await user.click(await menuOf('coupons'));
    await user.click(
      await screen.findByRole('menuitem', { name: 'Look after it' }),
    );
    expect(
      await screen.findByText('Only members of the team may do that'),
    ).toBeVisible();
    expect(screen.queryByText(/Looked after by/)).toBeNull();
  });
});
