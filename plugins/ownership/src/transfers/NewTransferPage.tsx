import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Select, TextAreaField } from '@backstage/ui';
import type { TransferOffer } from '@slipway/plugin-ownership-common';
import {
  ErrorNotice,
  LiveView,
  PageFrame,
  Panel,
  useAction,
  useChoices,
  useLive,
} from '@slipway/plugin-platform-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ownershipApiRef } from '../api';
import { useOwnershipLinks } from '../links';
import { onOwnership } from '../parts';
import { WhatGoes, type Going } from './WhatGoes';
import styles from './transfers.module.css';

/** Offers what one team owns to another. */
export function NewTransferPage() {
  const ownershipApi = useApi(ownershipApiRef);
  const links = useOwnershipLinks();
  const navigate = useNavigate();
  const { choices } = useChoices<{
    entity?: string;
    owner?: string;
    to?: string;
  }>();
  const [going, setGoing] = useState<Going>();
  const [to, setTo] = useState(choices.to);
  const [reason, setReason] = useState('');
  const teams = useLive({
    key: 'teams',
    ...onOwnership,
    query: options => ownershipApi.listTeams(undefined, options),
  });
  const offer = useAction(async (wanted: TransferOffer) => {
    const { id } = await ownershipApi.offerTransfer(wanted);
    navigate(links.transfer(id));
  });
  const given = reason.trim();

  return (
    <PageFrame
      title="Offer a transfer"
      crumbs={[
        { label: 'Ownership', href: links.overview() },
        { label: 'Transfers', href: links.transfers() },
      ]}
      subtitle="It goes there once somebody of that team accepts"
    >
      <Panel title="What goes where">
        <LiveView live={teams} what="the teams">
          {all => (
            <form
              className={styles.form}
              onSubmit={event => {
                event.preventDefault();
                if (going && to && given) {
                  offer.start({ ...going, to, reason: given });
                }
              }}
            >
              <WhatGoes
                entity={choices.entity}
                owner={choices.owner}
                teams={all}
                onChange={setGoing}
              />
              <Select
                label="To"
                searchable
                isRequired
                options={all.map(({ team, title }) => ({
                  value: team,
                  label: title,
                }))}
                selectedKey={to ?? null}
                onSelectionChange={chosen => setTo(String(chosen))}
              />
              <TextAreaField
                label="Why"
                description="The team reads it before it answers."
                rows={3}
                maxLength={1000}
                isRequired
                value={reason}
                onChange={setReason}
              />
              {offer.error && (
                <ErrorNotice
                  title="That can't be offered"
                  error={offer.error}
                />
              )}
              <div>
                <Button
                  type="submit"
                  variant="primary"
                  loading={offer.isPending}
                  isDisabled={!going || !to || !given}
                >
                  Offer
                </Button>
              </div>
            </form>
          )}
        </LiveView>
      </Panel>
    </PageFrame>
  );
}
