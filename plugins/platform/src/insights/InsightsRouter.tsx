import { Navigate, Route, Routes } from 'react-router-dom';
import { WaitsPage } from './WaitsPage';

/** What the platform measures about itself. */
export function InsightsRouter() {
  return (
    <Routes>
      <Route index element={<Navigate to="waits" replace />} />
      <Route path="waits" element={<WaitsPage />} />
    </Routes>
  );
}
