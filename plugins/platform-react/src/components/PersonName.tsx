import { useEntityPresentation } from '@backstage/plugin-catalog-react';

/** The name of who stands behind an entity reference: a person, a team or a service. */
export function PersonName(props: { entityRef: string }) {
  const { entityRef } = props;
  return isEntityRef(entityRef) ? (
    <PresentedName entityRef={entityRef} />
  ) : (
    <>{entityRef}</>
  );
}

function PresentedName({ entityRef }: { entityRef: string }) {
  return <>{useEntityPresentation(entityRef).primaryTitle}</>;
}

/** Whether a text names an entity: `user:default/mara`. */
export function isEntityRef(text: string): boolean {
  return /^[^:/]+:[^:/]+\/[^:/]+$/.test(text);
}
