import { InlineLink, PersonName } from '@slipway/plugin-platform-react';
import { useOwnershipLinks } from '../links';

/** The name of a team, leading to what it owns. */
export function TeamLink(props: {
  team: string;
  /** What people call it, where that is known. */
  title?: string;
}) {
  const { team, title } = props;
  const links = useOwnershipLinks();
  return (
    <InlineLink href={links.team(team)}>
      {title ?? <PersonName entityRef={team} />}
    </InlineLink>
  );
}
