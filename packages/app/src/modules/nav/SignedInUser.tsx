import { parseEntityRef } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Avatar, Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiExpandUpDownLine } from '@remixicon/react';
import useAsync from 'react-use/esm/useAsync';
import styles from './Navigation.module.css';

/** Who is signed in, with the way to their page and the way out. */
export function SignedInUser() {
  const identityApi = useApi(identityApiRef);
  const { value: user } = useAsync(async () => {
    const [profile, identity] = await Promise.all([
      identityApi.getProfileInfo(),
      identityApi.getBackstageIdentity(),
    ]);
    const { kind, namespace, name } = parseEntityRef(identity.userEntityRef);
    return {
      name: profile.displayName ?? name,
      picture: profile.picture,
      page: `/catalog/${namespace}/${kind}/${name}`,
    };
  }, [identityApi]);

  if (!user) {
    return <div className={styles.user} />;
  }
  return (
    <MenuTrigger>
      <Button
        variant="tertiary"
        className={styles.user}
        iconStart={
          <span aria-hidden="true">
            <Avatar
              src={user.picture ?? ''}
              name={user.name}
              size="small"
              purpose="decoration"
            />
          </span>
        }
        iconEnd={<RiExpandUpDownLine size={15} aria-hidden="true" />}
      >
        <span className={styles.userName}>{user.name}</span>
      </Button>
      <Menu>
        <MenuItem href={user.page}>My page and teams</MenuItem>
        <MenuItem onAction={() => identityApi.signOut()}>Sign out</MenuItem>
      </Menu>
    </MenuTrigger>
  );
}
