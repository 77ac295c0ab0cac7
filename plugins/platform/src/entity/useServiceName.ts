import { useEntity } from '@backstage/plugin-catalog-react';
import { serviceNameOf } from './isService';

/** The service whose page this is. */
export function useServiceName(): string {
  return serviceNameOf(useEntity().entity);
}
