import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { notificationsApiRef } from '@backstage/plugin-notifications';
import type { NotificationSignal } from '@backstage/plugin-notifications-common';
import { useSignal } from '@backstage/plugin-signals-react';
import { useEffect, useState } from 'react';

/** How long a notification stays on the page by itself, in milliseconds. */
const TOAST_TIME = 8000;

/** Counts unread notifications, and shows each one as it arrives. */
export function useUnreadNotifications(): number {
  const notificationsApi = useApi(notificationsApiRef);
  const toastApi = useApi(toastApiRef);
  const { lastSignal } = useSignal<NotificationSignal>('notifications');
  const [unread, setUnread] = useState(0);

  useEffect(() => {
    let current = true;
    notificationsApi.getStatus().then(
      status => current && setUnread(status.unread),
      // The bell without a number says nothing wrong; the notifications page tells what failed.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [notificationsApi, lastSignal]);

  useEffect(() => {
    if (lastSignal?.action !== 'new_notification') {
      return;
    }
    notificationsApi.getNotification(lastSignal.notification_id).then(
      ({ payload }) =>
        toastApi.post({
          title: payload.title,
          description: payload.description,
          status: payload.severity === 'normal' ? 'info' : 'warning',
          links: payload.link
            ? [{ label: 'Open', href: payload.link }]
            : undefined,
          timeout: TOAST_TIME,
        }),
      () => undefined,
    );
  }, [lastSignal, notificationsApi, toastApi]);

  return unread;
}
