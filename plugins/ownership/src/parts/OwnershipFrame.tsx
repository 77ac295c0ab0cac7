import { PageFrame, TabLinks } from '@slipway/plugin-platform-react';
import type { ReactNode } from 'react';
import { useOwnershipLinks } from '../links';

/** One of the main pages about ownership, with links to the others. */
export function OwnershipFrame(props: {
  subtitle: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const links = useOwnershipLinks();
  return (
    <PageFrame
      title="Ownership"
      subtitle={props.subtitle}
      actions={props.actions}
    >
      <TabLinks
        label="Ownership"
        tabs={[
          { title: 'Coverage', href: links.overview() },
          { title: 'Work items', href: links.workItems() },
          { title: 'Teams', href: links.teams() },
          { title: 'On call', href: links.onCall() },
          { title: 'Transfers', href: links.transfers() },
          { title: 'Leavers', href: links.leavers() },
        ]}
      />
      {props.children}
    </PageFrame>
  );
}
