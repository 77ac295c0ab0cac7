import { Route, Routes } from 'react-router-dom';
import { ResourcePage } from './ResourcePage';
import { ResourcesPage } from './ResourcesPage';

/** The resources page and, below it, the page of each resource. */
export function ResourcesRouter() {
  return (
    <Routes>
      <Route index element={<ResourcesPage />} />
      <Route path=":resourceId" element={<ResourcePage />} />
    </Routes>
  );
}
