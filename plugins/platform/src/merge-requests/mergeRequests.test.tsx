import type {
  Branch,
  MergeRequestDetail,
  PlatformApi,
} from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCommit, aRepository, secondsAgo } from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';

const PATCH = `diff --git a/src/app.js b/src/app.js
--- a/src/app.js
+++ b/src/app.js
@@ -1,2 +1,2 @@
 const app = express();
-app.use(slow);
+app.use(fast);
`;

function aMergeRequest(
  overrides: Partial<MergeRequestDetail> = {},
): MergeRequestDetail {
  return {
    repository: 'orders',
    owner: 'group:default/payments',
    number: 3,
    title: 'Make it faster',
    description: 'It was slow.',
    state: 'open',
    sourceBranch: 'faster',
    targetBranch: 'main',
    author: 'user:default/ivo',
    sha: aCommit(3, '').sha,
    createdAt: secondsAgo(60),
    updatedAt: secondsAgo(30),
    commits: [aCommit(3, 'Use the fast one')],
    files: [
      {
        path: 'src/app.js',
        change: 'modified',
        additions: 1,
        deletions: 1,
        patch: PATCH,
      },
    ],
    comments: [],
    reviews: [],
    status: { state: 'succeeded', url: `${window.location.origin}/runs/run-1` },
    blockers: [],
    canReview: true,
    ...overrides,
  };
}

/** The page of a merge request that changes as it is acted on. */
function aPage(shown: MergeRequestDetail) {
  let current = shown;
  return {
    answer(changes: Partial<MergeRequestDetail>) {
      current = { ...current, ...changes };
      return current;
    },
    open: (api: Partial<PlatformApi>) =>
      renderPlatform(
        { path: '/repositories/orders/merge-requests/3' },
        { getMergeRequest: async () => current, ...api },
      ),
  };
}

describe('the page of a merge request', () => {
  it('says what is in the way, takes a review, and merges once nothing is', async () => {
    const user = userEvent.setup();
    const blocked = aMergeRequest({
      blockers: [{ kind: 'review', message: 'Somebody has to approve it.' }],
    });
    const page = aPage(blocked);
    const reviewMergeRequest = jest.fn(async () =>
      page.answer({
        blockers: [],
        reviews: [
          {
            author: 'user:default/mara',
            verdict: 'approved',
            comment: 'Good.',
            createdAt: secondsAgo(0),
            sha: blocked.sha,
            isOutdated: false,
          },
        ],
      }),
    );
    const mergeMergeRequest = jest.fn(async () =>
      page.answer({
        state: 'merged',
        endedBy: 'user:default/mara',
        endedAt: secondsAgo(0),
        mergeSha: aCommit(4, '').sha,
      }),
    );
    page.open({ reviewMergeRequest, mergeMergeRequest });
    expect(
      await screen.findByText('Somebody has to approve it.'),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Merge' })).toBeDisabled();
    expect(screen.getByRole('link', { name: /Pipeline/ })).toHaveAttribute(
      'href',
      '/runs/run-1',
    );
    await user.type(screen.getByLabelText(/What you found/), 'Good.');
    await user.click(screen.getByRole('button', { name: 'Approve' }));
    expect(reviewMergeRequest).toHaveBeenCalledWith(
      expect.objectContaining({ repository: 'orders', number: 3 }),
      { verdict: 'approved', sha: blocked.sha, comment: 'Good.' },
    );
    expect(await screen.findByText(/Green, approved/)).toBeVisible();
    expect(screen.getByText('Good.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Merge' }));
    expect(await screen.findByText(/^Merged/)).toBeVisible();
    expect(mergeMergeRequest).toHaveBeenCalledWith(expect.anything(), {
      sha: blocked.sha,
      keepBranch: false,
    });
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
  });

  it('shows what was said of a line below it, and takes more', async () => {
    const user = userEvent.setup();
    const page = aPage(aMergeRequest());
    const commentOnMergeRequest = jest.fn(
      async (_place: object, comment: { text: string; line?: number }) =>
        page.answer({
          comments: [
            {
              id: 'comment-1',
              author: 'user:default/mara',
              createdAt: secondsAgo(0),
              sha: '',
              path: 'src/app.js',
              ...comment,
            },
          ],
        }),
    );
    page.open({ commentOnMergeRequest });
    await user.click(
      await screen.findByRole('button', { name: 'Comment on line 2' }),
    );
    const changes = within(
      screen.getByRole('region', { name: 'Changes of src/app.js' }),
    );
    await user.type(
      changes.getByRole('textbox', { name: 'Comment on line 2' }),
      'How fast?',
    );
    await user.click(changes.getByRole('button', { name: 'Comment' }));
    expect(await changes.findByText('How fast?')).toBeVisible();
    expect(commentOnMergeRequest).toHaveBeenCalledWith(expect.anything(), {
      path: 'src/app.js',
      line: 2,
      text: 'How fast?',
    });
    expect(screen.getByText('src/app.js:2')).toBeVisible();
  });

  it('says why it was refused, and leaves reviewing and merging to those who may', async () => {
    const user = userEvent.setup();
    aPage(
      aMergeRequest({ canReview: false, owner: 'group:default/checkout' }),
    ).open({
      commentOnMergeRequest: async () => {
        throw new Error('The disk is full.');
      },
    });
    await user.type(
      await screen.findByRole('textbox', { name: 'Comment' }),
      'Hm',
    );
    await user.click(screen.getByRole('button', { name: 'Comment' }));
    expect(await screen.findByText('The disk is full.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Merge' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
  });
});

describe('the merge requests of a repository', () => {
  it('are listed by state, and their owners protect the branch', async () => {
    const user = userEvent.setup();
    const listMergeRequests = jest.fn(async ({ state }: { state?: string }) =>
      state === 'open' ? [aMergeRequest()] : [],
    );
    const protectRepository = jest.fn(async () => aRepository());
    renderPlatform(
      { path: '/repositories/orders/merge-requests' },
      {
        getRepository: async () => aRepository(),
        listMergeRequests,
        protectRepository,
      },
    );
    expect(
      await screen.findByRole('link', { name: 'Make it faster' }),
    ).toHaveAttribute('href', '/repositories/orders/merge-requests/3');
    await user.click(screen.getByRole('button', { name: /State/ }));
    await user.click(await screen.findByRole('option', { name: 'merged' }));
    expect(await screen.findByText('No merge request is merged')).toBeVisible();
    const protection = screen.getByRole('switch', {
      name: 'main takes merges only',
    });
    await waitFor(() => expect(protection).toBeEnabled());
    await user.click(protection);
    expect(protectRepository).toHaveBeenCalledWith('orders', true);
  });

  it('are opened for a branch, with the words of its commit', async () => {
    const user = userEvent.setup();
    const branch = (name: string, more: Partial<Branch> = {}): Branch => ({
      name,
      head: aCommit(3, `Work on ${name}`),
      isDefault: false,
      ...more,
    });
    const openMergeRequest = jest.fn(async () => aMergeRequest());
    renderPlatform(
      { path: '/repositories/orders/merge-requests/new?branch=faster' },
      {
        listBranches: async () => [
          branch('main', { isDefault: true }),
          branch('asked', { mergeRequest: 2 }),
          branch('other'),
          branch('faster'),
        ],
        openMergeRequest,
        getMergeRequest: async () => aMergeRequest(),
      },
    );
    expect(await screen.findByLabelText(/^Title/)).toHaveValue(
      'Work on faster',
    );
    await user.click(
      screen.getByRole('button', { name: 'Open merge request' }),
    );
    expect(openMergeRequest).toHaveBeenCalledWith('orders', {
      sourceBranch: 'faster',
      title: 'Work on faster',
      description: '',
    });
    expect(
      await screen.findByRole('heading', { name: 'Make it faster' }),
    ).toBeVisible();
  });

  it('say how to get a branch where there is none', async () => {
    renderPlatform(
      { path: '/repositories/orders/merge-requests/new' },
      { listBranches: async () => [] },
    );
    expect(await screen.findByText('No branch to merge')).toBeVisible();
  });
});
