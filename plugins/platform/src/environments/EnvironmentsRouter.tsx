import { Route, Routes } from 'react-router-dom';
import { EnvironmentsPage } from './EnvironmentsPage';

/** The environments: what runs where, and what they are defined by. */
export function EnvironmentsRouter() {
  return (
    <Routes>
      <Route index element={<EnvironmentsPage part="services" />} />
      <Route
        path="definitions"
        element={<EnvironmentsPage part="definitions" />}
      />
    </Routes>
  );
}
