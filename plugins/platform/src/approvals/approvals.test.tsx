import type { Approval, PlatformApi } from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anApproval, aRun, aStep, secondsAgo } from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';

const run = aRun({
  title: 'Deploy orders v2 to prod',
  state: 'waiting',
  changes: [
    {
      action: 'change',
      what: 'release of orders in prod',
      detail: 'v1 77be01d → v2 a41f9c2',
    },
  ],
  decision: {
    stage: 'plan',
    effect: 'needs-approval',
    reasons: [
      {
        decider: 'ownership',
        effect: 'allow',
        message: 'Idris belongs to payments, which owns this.',
      },
      {
        decider: 'protected-environment',
        effect: 'needs-approval',
        message: 'Production is protected.',
      },
    ],
    at: secondsAgo(120),
  },
  steps: [aStep('switch', { title: 'Switch traffic' })],
});

const approved = anApproval({
  state: 'resumed',
  mayDecide: false,
  votes: [
    {
      person: 'user:default/mara',
      verdict: 'approved',
      comment: 'Looks good.',
      at: secondsAgo(0),
    },
  ],
});

function openApproval(platformApi: Partial<PlatformApi>) {
  return renderPlatform(
    { path: '/approvals/wait-1' },
    {
      getApproval: async () => anApproval(),
      getRun: async () => run,
      ...platformApi,
    },
  );
}

describe('the page of an approval', () => {
  it('shows enough to decide, approves with a comment, and says what came of it', async () => {
    const user = userEvent.setup();
    const approve = jest.fn(async () => approved);
    let approval = anApproval();
    openApproval({ getApproval: async () => approval, approve });

    const decision = within(
      await screen.findByRole('article', { name: 'Your decision' }),
    );
    expect(decision.getByText(/waits for/)).toHaveTextContent(
      'idris waits for a second person of payments.',
    );
    expect(decision.getByText(/Asked/)).toHaveTextContent(
      'Asked 2 min ago; expires in 7 d.',
    );
    expect(await screen.findByText('release of orders in prod')).toBeVisible();
    expect(screen.getByText('Production is protected.')).toBeVisible();
    expect(screen.getByText('needs approval')).toBeVisible();
    expect(screen.getByText('Switch traffic')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Open the run' })).toHaveAttribute(
      'href',
      '/runs/run-1',
    );

    await user.type(decision.getByLabelText(/Comment/), 'Looks good.');
    approval = approved;
    await user.click(decision.getByRole('button', { name: 'Approve' }));

    expect(approve).toHaveBeenCalledWith('wait-1', 'Looks good.');
    expect(
      await screen.findByText('It was approved, and the run goes on.'),
    ).toBeVisible();
    expect(screen.getByText('Looks good.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('shows how far a quorum is after one vote', async () => {
    const open = anApproval({ quorum: 2 });
    const one = { ...approved, ...open, votes: approved.votes };
    openApproval({
      getApproval: async () => open,
      approve: async () => ({
        ...one,
        mayDecide: false,
        mayNotDecideBecause: 'You approved it already.',
      }),
    });
    expect(await screen.findByText('0 of 2 approvals')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(await screen.findByText('1 of 2 approvals')).toBeVisible();
    expect(screen.getByText('You approved it already.')).toBeVisible();
  });

  it.each([
    ['You asked for this yourself: somebody else has to decide.'],
    ['This approval expired 2 hours ago.'],
    ['Ana Ferreira has rejected this already.'],
  ])('says why a rejection was not taken: %s', async message => {
    const getApproval = jest.fn(async () => anApproval());
    openApproval({
      getApproval,
      reject: () => Promise.reject(new Error(message)),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reject' }),
    );
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent("Can't reject this");
    expect(alert).toHaveTextContent(message);
    await waitFor(() => expect(getApproval).toHaveBeenCalledTimes(2));
  });

  it('offers nothing to those who may not decide, and says why; ends without a reload', async () => {
    let approval: Approval = anApproval({
      mayDecide: false,
      mayNotDecideBecause: 'You asked for it: a second person has to agree.',
    });
    const { signals } = openApproval({ getApproval: async () => approval });
    expect(
      await screen.findByText(
        'You asked for it: a second person has to agree.',
      ),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();

    approval = anApproval({ state: 'expired', mayDecide: false });
    signals.send({
      type: 'approval',
      approvalId: 'wait-1',
      runId: 'run-1',
      state: 'expired',
    });
    expect(await screen.findByText(/Nobody decided in time/)).toBeVisible();
    expect(screen.getByText('expired')).toBeVisible();
  });

  it('can be decided by keyboard alone', async () => {
    const user = userEvent.setup();
    const reject = jest.fn(async () =>
      anApproval({ state: 'rejected', mayDecide: false }),
    );
    openApproval({ reject });
    (await screen.findByLabelText(/Comment/)).focus();
    await user.keyboard('Not today.');
    await user.tab();
    await user.keyboard('{Enter}');
    expect(reject).toHaveBeenCalledWith('wait-1', 'Not today.');
  });
});

describe('the approvals', () => {
  it('lists what waits for me with all that matters, page by page', async () => {
    const listApprovals = jest.fn(
      async ({ cursor }: Parameters<PlatformApi['listApprovals']>[0]) =>
        cursor
          ? { items: [anApproval({ id: 'wait-2' })] }
          : { items: [anApproval()], nextCursor: 'more' },
    );
    renderPlatform({ path: '/approvals' }, { listApprovals });

    const review = await screen.findByRole('link', {
      name: 'Review Deploy orders v2 to prod',
    });
    expect(review).toHaveAttribute('href', '/approvals/wait-1');
    const item = review.closest('li');
    expect(item).toHaveTextContent(
      'asked by idris, 2 min ago · orders in prod · expires in 7 d',
    );
    expect(item).toHaveTextContent('Production is protected');
    expect(listApprovals).toHaveBeenCalledWith(
      expect.objectContaining({ state: 'open', mine: true }),
      expect.anything(),
    );

    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    await waitFor(() =>
      expect(screen.getAllByRole('link', { name: /^Review/ })).toHaveLength(2),
    );
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('shows what was decided, by whom and why', async () => {
    renderPlatform(
      { path: '/approvals/decided' },
      { listApprovals: async () => ({ items: [approved] }) },
    );
    expect(await screen.findByText(/approved by/)).toHaveTextContent(
      'approved by mara: Looks good.',
    );
    expect(screen.getByText('approved')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Decided' })).toHaveAttribute(
      'aria-current',
      'page',
    );
  });

  it('is calm when nothing waits, and offers to try again when loading fails', async () => {
    const listApprovals = jest
      .fn()
      .mockRejectedValue(new Error('The platform is starting.'));
    renderPlatform({ path: '/approvals' }, { listApprovals });
    expect(await screen.findByText('The platform is starting.')).toBeVisible();
    listApprovals.mockResolvedValue({ items: [] });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Nothing waits for you')).toBeVisible();
  });
});
