import { Route, Routes } from 'react-router-dom';
import { ApprovalPage } from './ApprovalPage';
import { ApprovalsPage } from './ApprovalsPage';

/** The approvals and, below them, the page of each. */
export function ApprovalsRouter() {
  return (
    <Routes>
      <Route index element={<ApprovalsPage key="mine" part="mine" />} />
      <Route path="open" element={<ApprovalsPage key="open" part="open" />} />
      <Route
        path="decided"
        element={<ApprovalsPage key="decided" part="decided" />}
      />
      <Route path=":approvalId" element={<ApprovalPage />} />
    </Routes>
  );
}
