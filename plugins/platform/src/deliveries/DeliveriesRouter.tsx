import { Route, Routes } from 'react-router-dom';
import { DeliveriesPage } from './DeliveriesPage';
import { ReleasePage } from './ReleasePage';

/** The deployments of all services and, below them, the page of each release. */
export function DeliveriesRouter() {
  return (
    <Routes>
      <Route index element={<DeliveriesPage />} />
      <Route path=":service/:number" element={<ReleasePage />} />
    </Routes>
  );
}
