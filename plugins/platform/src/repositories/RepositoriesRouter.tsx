import { Navigate, Route, Routes } from 'react-router-dom';
import {
  MergeRequestPage,
  MergeRequestsPage,
  NewMergeRequestPage,
} from '../merge-requests';
import { CodePage } from './CodePage';
import { CommitPage } from './CommitPage';
import { CommitsPage } from './CommitsPage';
import { RepositoriesPage } from './RepositoriesPage';

/** The list of repositories and, below it, the pages of each. */
export function RepositoriesRouter() {
  return (
    <Routes>
      <Route index element={<RepositoriesPage />} />
      <Route path=":repository">
        <Route index element={<Navigate to="code" replace />} />
        <Route path="code/*" element={<CodePage />} />
        <Route path="commits" element={<CommitsPage />} />
        <Route path="commits/:sha" element={<CommitPage />} />
        <Route path="merge-requests" element={<MergeRequestsPage />} />
        <Route path="merge-requests/new" element={<NewMergeRequestPage />} />
        <Route path="merge-requests/:number" element={<MergeRequestPage />} />
      </Route>
    </Routes>
  );
}
