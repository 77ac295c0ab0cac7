import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import {
  EntityRefLinks,
  FavoriteEntity,
  getEntityRelations,
} from '@backstage/plugin-catalog-react';
import type { TemplateCardComponentProps } from '@backstage/plugin-scaffolder-react/alpha';
import { Button } from '@backstage/ui';
import styles from './TemplateCard.module.css';

/** A template: what one gets, who stands behind it, and the button that starts it. */
export function TemplateCard({
  template,
  onSelected,
}: TemplateCardComponentProps) {
  const { name, title = name, description, tags } = template.metadata;
  const owners = getEntityRelations(template, RELATION_OWNED_BY);
  return (
    <article className={styles.card} aria-label={title}>
      <div className={styles.heading}>
        <h3 className={styles.title}>{title}</h3>
        <FavoriteEntity entity={template} />
      </div>
      <p className={styles.description}>{description}</p>
      {tags && tags.length > 0 && (
        <ul className={styles.tags} aria-label="Tags">
          {tags.map(tag => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
      )}
      <div className={styles.footer}>
        <span className={styles.owner}>
          {owners.length > 0 && (
            <>
              by <EntityRefLinks entityRefs={owners} hideIcons />
            </>
          )}
        </span>
        <Button
          variant="secondary"
          aria-label={`Choose ${title}`}
          onPress={onSelected}
        >
          Choose
        </Button>
      </div>
    </article>
  );
}
