import { Fragment } from 'react';
import { InlineLink } from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';

/** The names of services, each leading to what it uses. */
export function ServiceLinks(props: { services: string[] }) {
  const links = usePlatformLinks();
  return (
    <>
      {[...new Set(props.services)].map((service, index) => (
        <Fragment key={service}>
          {index > 0 && ', '}
          <InlineLink href={links.service(service, 'infrastructure')}>
            {service}
          </InlineLink>
        </Fragment>
      ))}
    </>
  );
}
