import { LiveView, PageFrame, TabLinks } from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import { DefinitionsPart } from './DefinitionsPart';
import { ProblemsNotice } from './ProblemsNotice';
import { ServicesPart } from './ServicesPart';
import { useEnvironmentsView } from './useEnvironmentsView';

/** What runs in which environment, or what the environments define as resources; what is wrong in their files stands on top of both. */
export function EnvironmentsPage(props: { part: 'services' | 'definitions' }) {
  const links = usePlatformLinks();
  const live = useEnvironmentsView();
  return (
    <PageFrame
      title="Environments"
      subtitle="Where services run, and what resources are made of there"
    >
      <TabLinks
        label="Environments"
        tabs={[
          { title: 'Services', href: `${links.environments()}` },
          { title: 'Definitions', href: `${links.definitions()}` },
        ]}
      />
      <LiveView live={live} what="the environments">
        {view => (
          <>
            <ProblemsNotice view={view} />
            {props.part === 'services' ? (
              <ServicesPart environments={view.environments} />
            ) : (
              <DefinitionsPart view={view} />
            )}
          </>
        )}
      </LiveView>
    </PageFrame>
  );
}
