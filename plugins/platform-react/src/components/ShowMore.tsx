import { Button, Flex } from '@backstage/ui';
import type { LivePages } from '../live';

/** Below a list that goes on: loads its next page. */
export function ShowMore(props: {
  live: Pick<LivePages<unknown>, 'showMore' | 'isLoadingMore'>;
}) {
  const { showMore, isLoadingMore } = props.live;
  return (
    <Flex justify="center" mt="3">
      <Button variant="secondary" loading={isLoadingMore} onPress={showMore}>
        Show more
      </Button>
    </Flex>
  );
}
