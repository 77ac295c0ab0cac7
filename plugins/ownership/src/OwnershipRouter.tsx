import { Route, Routes } from 'react-router-dom';
import { EntityPage } from './entity';
import { FindingsPage } from './findings';
import { ImportPage, ImportsPage } from './imports';
import { LeaversPage } from './leavers';
import { OnCallPage, RotationPage } from './onCall';
import { OwnershipPage } from './overview';
import { TeamPage, TeamsPage } from './teams';
import { NewTransferPage, TransferPage, TransfersPage } from './transfers';

/** The overview and, below it, every other page of the plugin. */
export function OwnershipRouter() {
  return (
    <Routes>
      <Route index element={<OwnershipPage />} />
      <Route path="work-items" element={<FindingsPage />} />
      <Route path="teams">
        <Route index element={<TeamsPage />} />
        <Route path=":namespace/:name" element={<TeamPage />} />
      </Route>
      <Route path="on-call">
        <Route index element={<OnCallPage />} />
        <Route path=":rotation" element={<RotationPage />} />
      </Route>
      <Route path="imports">
        <Route index element={<ImportsPage />} />
        <Route path=":importId" element={<ImportPage />} />
      </Route>
      <Route path="leavers" element={<LeaversPage />} />
      <Route path="transfers">
        <Route index element={<TransfersPage />} />
        <Route path="new" element={<NewTransferPage />} />
        <Route path=":transferId" element={<TransferPage />} />
      </Route>
      <Route path="entities/:kind/:namespace/:name" element={<EntityPage />} />
    </Routes>
  );
}
