import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { EntityLink } from './EntityLink';

/** A sentence in which the names of the given people and teams lead to their pages. */
export function LinkedText(props: { text: string; entityRefs: string[] }) {
  const { text, entityRefs } = props;
  const [first, ...rest] = entityRefs;
  return first === undefined || text === '' ? (
    <>{text}</>
  ) : (
    <LinkOne text={text} entityRef={first} rest={rest} />
  );
}

function LinkOne(props: { text: string; entityRef: string; rest: string[] }) {
  const { text, entityRef, rest } = props;
  const name = useEntityPresentation(entityRef).primaryTitle;
  const at = name === '' ? -1 : text.indexOf(name);
  if (at < 0) {
    return <LinkedText text={text} entityRefs={rest} />;
  }
  return (
    <>
      <LinkedText text={text.slice(0, at)} entityRefs={rest} />
      <EntityLink entityRef={entityRef}>{name}</EntityLink>
      <LinkedText text={text.slice(at + name.length)} entityRefs={rest} />
    </>
  );
}
